"""Text-only documents: short facts about people, each with the questions it answers."""

import random
from dataclasses import dataclass

from questions import Exchange
from vocabulary import CATEGORY, COLOURS, NOUNS, plural, with_article

PEOPLE = 'Ben Anna Tom Lucy Omar Mia Paul Nina Sam Rosa Carl Ivy Hugo Lena Max Zoe'.split()
PLACES = 'kitchen garden garage attic school park office library station market'.split()
JOBS = 'doctor teacher farmer pilot painter baker driver nurse singer judge'.split()
DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()
SKILLS = 'soccer tennis chess math music hockey golf poetry'.split()
FOODS = [noun for noun in NOUNS if CATEGORY[noun] == 'food']


@dataclass(frozen=True)
class Fact:
    """A sentence of a document, and the questions (with answers) that it alone answers."""

    sentence: str
    questions: list[tuple[str, str]]


@dataclass(frozen=True)
class Document:
    """A document with one question: the text, the question and answer, and the sentence that holds the answer."""

    text: str
    question: str
    answer: str
    sentence: str


class _People:
    """Draws people, nobody twice in a document."""

    def __init__(self, choice: random.Random):
        self._choice = choice
        self._left = list(PEOPLE)

    def draw(self) -> str:
        person = self._choice.choice(self._left)
        self._left.remove(person)
        return person


def _possession(choice: random.Random, person: str, noun: str, colour: str) -> Fact:
    thing = with_article(f'{colour} {noun}')
    sentence = choice.choice([f'{person} has {thing}.', f'The owner of the {colour} {noun} is {person}.'])
    asked = [(f'What does {person} have?', thing), (f'Who has {thing}?', person)]
    return Fact(sentence, [*asked, (f'What color is the {noun} of {person}?', colour)])


def _whereabouts(choice: random.Random, person: str) -> Fact:
    place = choice.choice(PLACES)
    sentence = choice.choice([f'{person} is in the {place}.', f'In the {place} is {person}.'])
    return Fact(sentence, [(f'Where is {person}?', place), (f'Who is in the {place}?', person)])


def _job(choice: random.Random, person: str) -> Fact:
    job = choice.choice(JOBS)
    sentence = choice.choice([f'{person} works as {with_article(job)}.', f'The {job} is {person}.'])
    return Fact(sentence, [(f'What is the job of {person}?', job), (f'Who is {with_article(job)}?', person)])


def _taste(choice: random.Random, person: str) -> Fact:
    foods = plural(choice.choice(FOODS))
    return Fact(f'{person} likes to eat {foods}.', [(f'What does {person} like to eat?', foods)])


def _visit(choice: random.Random, person: str) -> Fact:
    day = choice.choice(DAYS)
    return Fact(f'On {day} {person} visits the {choice.choice(PLACES)}.', [(f'When does {person} visit?', day)])


def _wage(choice: random.Random, person: str) -> Fact:
    dollars = f'{choice.randint(2, 20) * 5} dollars'
    return Fact(f'{person} is paid {dollars} per hour.', [(f'How much is {person} paid?', dollars)])


def _skill(choice: random.Random, person: str) -> Fact:
    skill = choice.choice(SKILLS)
    sentence = choice.choice([f'{person} is good at {skill}.', f'The best at {skill} is {person}.'])
    return Fact(sentence, [(f'What is {person} good at?', skill), (f'Who is good at {skill}?', person)])


def _friendship(choice: random.Random, person: str, friend: str) -> Fact:
    sentence = choice.choice([f'{person} is a friend of {friend}.', f'A friend of {friend} is {person}.'])
    return Fact(sentence, [(f'Who is a friend of {friend}?', person)])


#: Kinds of fact about one person alone, by the number drawn for them.
_KINDS = {1: _whereabouts, 2: _job, 3: _taste, 4: _visit, 5: _wage, 6: _skill}


def _fact(choice: random.Random, people: _People) -> Fact:
    kind = choice.randint(0, 7)
    person = people.draw()
    # Drawn for every kind: what a seed stands for must not change.
    noun, colour = choice.choice(NOUNS), choice.choice(list(COLOURS))
    if kind == 0:
        return _possession(choice, person, noun, colour)
    if kind == 7:
        return _friendship(choice, person, people.draw())
    return _KINDS[kind](choice, person)


def facts(choice: random.Random) -> list[Fact]:
    """Three to six facts in random order; a question that two of them answer differently is dropped."""
    people = _People(choice)
    drawn = [_fact(choice, people) for _ in range(choice.randint(3, 6))]
    choice.shuffle(drawn)
    answers: dict[str, set[str]] = {}
    for fact in drawn:
        for question, answer in fact.questions:
            answers.setdefault(question, set()).add(answer)
    return [Fact(fact.sentence, [asked for asked in fact.questions if len(answers[asked[0]]) == 1]) for fact in drawn]


def text_of(drawn: list[Fact]) -> str:
    """The document that these facts make."""
    return ' '.join(fact.sentence for fact in drawn)


def as_exchange(question: str, answer: str) -> Exchange:
    """Question and answer as they follow a document: " Q: ... A:" and " ..."."""
    return f' Q: {question} A:', f' {answer}'


def document(choice: random.Random) -> Document:
    """A document with one of the questions that it answers."""
    while True:
        drawn = facts(choice)
        answering = [fact for fact in drawn if fact.questions]
        if answering:
            break
    fact = choice.choice(answering)
    question, answer = as_exchange(*choice.choice(fact.questions))
    return Document(text_of(drawn), question, answer, fact.sentence)
