"""Captions of scenes, and questions with their answers."""

import random
from collections import Counter

from scenes import SIDE, SceneObject
from vocabulary import CATEGORY, CATEGORY_PLURALS, NOUNS, NUMBERS, joined, plural, with_article

#: A prompt and what the model is to say after it (with its leading space, without the end-of-text token).
Exchange = tuple[str, str]

#: How far apart, in pixels, two centres must be for "left of" and "above", and for "what is left of".
CLEARLY_APART = 30
APART = 22


def describe(item: SceneObject) -> str:
    """An object in words: "a red car", "an owl"."""
    return with_article((item.colour + ' ' if item.colour else '') + item.noun)


def _describe_group(items: list[SceneObject]) -> str:
    """Several objects of one noun in words; their colour is named if they share one."""
    colours = {item.colour for item in items}
    colour = items[0].colour + ' ' if len(colours) == 1 and items[0].colour else ''
    return f'{NUMBERS[len(items)]} {colour}{plural(items[0].noun)}'


def enumerate_objects(objects: list[SceneObject]) -> list[str]:
    """What is in the picture from left to right, objects of one noun counted where the first of them stands."""
    groups: dict[str, list[SceneObject]] = {}
    for item in sorted(objects, key=lambda item: item.centre_x):
        groups.setdefault(item.noun, []).append(item)
    return [describe(items[0]) if len(items) == 1 else _describe_group(items) for items in groups.values()]


def place_of(item: SceneObject) -> str:
    """Where an object is on a three by three grid: "top left", "bottom", "center" and so on."""
    vertical = 'top' if item.centre_y < SIDE * 0.36 else 'bottom' if item.centre_y > SIDE * 0.64 else 'middle'
    horizontal = 'left' if item.centre_x < SIDE * 0.36 else 'right' if item.centre_x > SIDE * 0.64 else 'center'
    if horizontal == 'center':
        return 'center' if vertical == 'middle' else vertical
    return horizontal if vertical == 'middle' else f'{vertical} {horizontal}'


def caption(choice: random.Random, objects: list[SceneObject], background: str) -> Exchange:
    """An opening such as "This is a picture of" and the list of objects, sometimes with the background."""
    text = joined(enumerate_objects(objects))
    if choice.random() < 0.25:
        text += f' on a {background} background'
    openings = ['This is a picture of'] * 3 + ['A picture of', 'The image shows']
    return choice.choice(openings), f' {text}.'


def questions(choice: random.Random, objects: list[SceneObject], background: str) -> list[Exchange]:
    """Questions about a scene in random order, each with exactly one right answer: "Q: ... A:" and " ..."."""
    counts = Counter(item.noun for item in objects)
    single = [item for item in objects if counts[item.noun] == 1]
    noun = choice.choice(objects).noun
    asked = _counts(choice, noun, objects, counts) + _presence(choice, noun, counts)
    asked += _colours(choice, single, background)
    asked += [(f'Where is the {item.noun}?', place_of(item)) for item in single[:2]]
    if len(single) >= 2:
        asked += _comparisons(*choice.sample(single, 2)) + _neighbours(single, objects)
    asked += _categories(choice, objects) + _places(choice, objects)
    choice.shuffle(asked)
    return [(f'Q: {question} A:', f' {answer}') for question, answer in asked]


def _absent(choice: random.Random, counts: Counter[str]) -> str:
    return choice.choice([noun for noun in NOUNS if noun not in counts])


def _counts(choice: random.Random, noun: str, objects: list[SceneObject], counts: Counter[str]) -> list[Exchange]:
    asked = [(f'How many {plural(noun)} are there?', NUMBERS[counts[noun]])]
    if choice.random() < 0.3:
        asked.append((f'How many {plural(_absent(choice, counts))} are there?', 'zero'))
    if choice.random() < 0.4:
        category = choice.choice(list(CATEGORY_PLURALS))
        number = sum(CATEGORY[item.noun] == category for item in objects)
        asked.append((f'How many {CATEGORY_PLURALS[category]} are there?', NUMBERS[number]))
    return asked


def _presence(choice: random.Random, noun: str, counts: Counter[str]) -> list[Exchange]:
    if choice.random() < 0.5:
        return [(f'Is there {with_article(noun)}?', 'yes')]
    return [(f'Is there {with_article(_absent(choice, counts))}?', 'no')]


def _colours(choice: random.Random, single: list[SceneObject], background: str) -> list[Exchange]:
    coloured = [item for item in single if item.colour]
    asked = [(f'What color is the {item.noun}?', item.colour) for item in coloured[:2]]
    if choice.random() < 0.4:
        asked.append(('What color is the background?', background))
    return asked


def _comparisons(a: SceneObject, b: SceneObject) -> list[Exchange]:
    asked = []
    if abs(a.centre_x - b.centre_x) > CLEARLY_APART:
        asked.append((f'Is the {a.noun} left of the {b.noun}?', 'yes' if a.centre_x < b.centre_x else 'no'))
    if abs(a.centre_y - b.centre_y) > CLEARLY_APART:
        asked.append((f'Is the {a.noun} above the {b.noun}?', 'yes' if a.centre_y < b.centre_y else 'no'))
    return asked


def _neighbours(single: list[SceneObject], objects: list[SceneObject]) -> list[Exchange]:
    asked = []
    for item in single:
        right = [other for other in objects if other.centre_x > item.centre_x + APART]
        left = [other for other in objects if other.centre_x < item.centre_x - APART]
        if len(right) == 1:
            asked.append((f'What is right of the {item.noun}?', describe(right[0])))
        if len(left) == 1:
            asked.append((f'What is left of the {item.noun}?', describe(left[0])))
    return asked


def _categories(choice: random.Random, objects: list[SceneObject]) -> list[Exchange]:
    asked = []
    for category in CATEGORY_PLURALS:
        members = [item for item in objects if CATEGORY[item.noun] == category]
        if len(members) == 1 and choice.random() < 0.6:
            asked.append((f'What {category} is in the picture?', describe(members[0])))
    return asked


def _places(choice: random.Random, objects: list[SceneObject]) -> list[Exchange]:
    by_place: dict[str, list[SceneObject]] = {}
    for item in objects:
        by_place.setdefault(place_of(item), []).append(item)
    place = choice.choice(list(by_place))
    return [(f'What is in the {place}?', describe(by_place[place][0]))] if len(by_place[place]) == 1 else []
