"""The words of the training texts: nouns with their categories, colours, counts and how English inflects them."""

import json
from pathlib import Path

HERE = Path(__file__).parent

#: Nouns by category, each with the icon names that may show it.
NOUNS_BY_CATEGORY: dict[str, dict[str, list[str]]] = json.loads((HERE / 'nouns.json').read_text())

#: Category of every noun.
CATEGORY: dict[str, str] = {noun: category for category, nouns in NOUNS_BY_CATEGORY.items() for noun in nouns}

#: All nouns; the position of a noun is its class number.
NOUNS: list[str] = list(CATEGORY)

#: Class number of every noun.
CLASS: dict[str, int] = {noun: index for index, noun in enumerate(NOUNS)}

#: Class number of a patch that shows no object.
BACKGROUND_CLASS = len(NOUNS)

#: Plural of the categories that questions ask about; "nature" has no everyday plural.
CATEGORY_PLURALS = {'animal': 'animals', 'food': 'foods', 'vehicle': 'vehicles', 'object': 'objects'}

#: sRGB values (0 to 255) of the colours in which objects are repainted.
COLOURS = {
    'red': (214, 40, 40),
    'orange': (240, 130, 30),
    'yellow': (245, 208, 40),
    'green': (50, 160, 70),
    'blue': (45, 100, 215),
    'purple': (130, 60, 180),
    'pink': (245, 130, 180),
    'brown': (130, 85, 50),
    'black': (45, 45, 48),
    'white': (245, 245, 245),
}

#: Nouns that may be repainted; the others keep their own colours and are never called by one.
REPAINTED = (
    'car balloon book shirt umbrella dress house bicycle guitar backpack bus chair kite shoe bell truck key hat'
).split()

#: sRGB values (0 to 255) of the backgrounds.
BACKGROUNDS = {
    'white': (250, 250, 250),
    'gray': (165, 165, 168),
    'black': (28, 28, 30),
    'green': (120, 190, 120),
    'blue': (130, 180, 235),
    'yellow': (248, 230, 150),
    'pink': (248, 200, 215),
    'brown': (175, 140, 105),
}

#: Counts in words; the index is the number.
NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six']

IRREGULAR_PLURALS = {
    'mouse': 'mice',
    'fish': 'fish',
    'sheep': 'sheep',
    'cherry': 'cherries',
    'strawberry': 'strawberries',
    'fox': 'foxes',
    'wolf': 'wolves',
    'butterfly': 'butterflies',
    'octopus': 'octopuses',
    'scissors': 'scissors',
    'bus': 'buses',
    'peach': 'peaches',
    'tomato': 'tomatoes',
    'potato': 'potatoes',
    'candy': 'candies',
    'dress': 'dresses',
    'church': 'churches',
    'leaf': 'leaves',
    'deer': 'deer',
    'shrimp': 'shrimp',
    'broccoli': 'broccoli',
    'popcorn': 'popcorn',
    'corn': 'corn',
    'bread': 'bread',
    'cheese': 'cheese',
    'coffee': 'coffee',
    'trophy': 'trophies',
}


def plural(noun: str) -> str:
    """Plural of a noun as the texts use it; regular ones take an s."""
    return IRREGULAR_PLURALS.get(noun, noun + 's')


def with_article(phrase: str) -> str:
    """`a` or `an` before a phrase, by its first letter ("a unicorn" is the one exception needed)."""
    return ('an ' if phrase[0] in 'aeiou' and not phrase.startswith('uni') else 'a ') + phrase


def joined(phrases: list[str]) -> str:
    """A list in words: "x", "x and y", "x, y and z"."""
    return phrases[0] if len(phrases) == 1 else ', '.join(phrases[:-1]) + ' and ' + phrases[-1]
