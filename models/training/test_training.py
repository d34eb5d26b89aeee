"""Tests of what the reference numbers rest on. Run: python -m unittest test_training

Those that draw scenes need the sprites (`node sprites.mjs`) and are skipped without them.
"""

import random
import unittest
from pathlib import Path

import numpy as np
import torch

import tokenizer
from atman import VARIANTS, factor_rows, losses, relevance, similarity
from commandline import SHIPPED_MODEL
from facts import document, facts
from network import WIDTH, Decoder, causal_mask
from packing import PADDING, PROMPT_WEIGHT, ROW, Packer, segment_mask
from questions import enumerate_objects, place_of, questions
from randomness import Randomness
from restore import load_networks
from scenes import Artwork, SceneObject, compose_scene, patch_classes
from vocabulary import BACKGROUND_CLASS, CLASS, NOUNS, joined, plural, with_article

ARTWORK = Path(__file__).parent / 'build'


def small_decoder() -> Decoder:
    """A decoder with random weights whose attention is far from uniform."""
    decoder = Decoder(vocabulary=64).eval()
    with torch.no_grad():
        for block in decoder.blks:
            block.q.weight *= 6
            block.k.weight *= 6
    return decoder


class Words(unittest.TestCase):
    def test_there_are_183_nouns(self) -> None:
        self.assertEqual(len(NOUNS), 183)

    def test_english(self) -> None:
        self.assertEqual([plural(noun) for noun in ('cat', 'leaf', 'sheep')], ['cats', 'leaves', 'sheep'])
        self.assertEqual([with_article(noun) for noun in ('owl', 'unicorn', 'car')], ['an owl', 'a unicorn', 'a car'])
        self.assertEqual(joined(['x', 'y', 'z']), 'x, y and z')


class Questions(unittest.TestCase):
    objects = [
        SceneObject('car', 'red', 10, 10, 40),
        SceneObject('owl', None, 140, 140, 40),
        SceneObject('car', 'red', 80, 10, 40),
    ]

    def test_objects_are_listed_from_left_to_right_and_counted(self) -> None:
        self.assertEqual(enumerate_objects(self.objects), ['two red cars', 'an owl'])

    def test_places(self) -> None:
        self.assertEqual([place_of(item) for item in self.objects], ['top left', 'bottom right', 'top'])

    def test_same_seed_same_questions(self) -> None:
        first, second = (questions(random.Random(3), self.objects, 'white') for _ in range(2))
        self.assertEqual(first, second)

    def test_a_document_holds_its_answer_in_one_sentence(self) -> None:
        choice = random.Random(0)
        for _ in range(200):
            read = document(choice)
            self.assertIn(read.sentence, read.text)
            self.assertTrue(set(read.answer.split()) <= set(read.sentence.rstrip('.').split()) | {'a', 'an'})

    def test_no_question_of_a_document_has_two_answers(self) -> None:
        choice = random.Random(0)
        for _ in range(200):
            asked = [question for fact in facts(choice) for question in fact.questions]
            self.assertEqual(len(dict(asked)), len(set(asked)))


class Tokens(unittest.TestCase):
    words = tokenizer.load()

    def test_the_shipped_tokenizer_has_1333_entries(self) -> None:
        self.assertEqual(self.words.get_vocab_size(), 1333)

    def test_every_text_survives_the_round_trip(self) -> None:
        for text in [*tokenizer.corpus(random.Random(1), rounds=50), ' A naïve café, 漢字 🙂!']:
            self.assertEqual(self.words.decode(self.words.encode(text).ids), text)

    def test_a_row_weighs_answers_fully_and_prompts_little(self) -> None:
        packer = Packer(self.words)
        row = packer.pack([('Q: Is there a cat? A:', ' yes')], 144)
        prompt, answer = len(packer.ids('Q: Is there a cat? A:')), len(packer.answer_ids(' yes'))
        expected = [0, *[PROMPT_WEIGHT] * (prompt - 1), *[1] * answer, *[0] * (ROW - prompt - answer)]
        self.assertEqual(row.weights.tolist(), np.float32(expected).tolist())
        self.assertEqual(row.positions[: prompt + answer].tolist(), list(range(144, 144 + prompt + answer)))
        self.assertTrue((row.segments[prompt + answer :] == PADDING).all())

    def test_questions_see_their_document_and_not_each_other(self) -> None:
        mask = segment_mask(torch.tensor([[0, 0, 1, 1, 2, PADDING]]))[0, 0]
        self.assertEqual(mask[4].tolist(), [True, True, False, False, True, False])
        self.assertEqual(mask[3].tolist(), [True, True, True, True, False, False])


@unittest.skipUnless((ARTWORK / 'sprites.raw').exists(), 'run node sprites.mjs first')
class Scenes(unittest.TestCase):
    def setUp(self) -> None:
        self.artwork = Artwork(ARTWORK)

    def test_same_seed_same_scenes(self) -> None:
        first, second = Randomness.seeded(7), Randomness.seeded(7)
        for _ in range(5):
            a, b = compose_scene(first, self.artwork), compose_scene(second, self.artwork)
            self.assertTrue((a.picture == b.picture).all() and (a.labels == b.labels).all())
            self.assertEqual(a.objects, b.objects)

    def test_patch_classes_are_those_of_the_objects(self) -> None:
        scene = compose_scene(Randomness.seeded(2), self.artwork, count=3)
        known = {CLASS[item.noun] for item in scene.objects} | {BACKGROUND_CLASS}
        self.assertTrue(set(patch_classes(scene).tolist()) <= known)


class AtMan(unittest.TestCase):
    length = 12
    targets = [3, 5, 7]

    def setUp(self) -> None:
        torch.manual_seed(0)
        self.decoder = small_decoder()
        self.embeddings = torch.randn(self.length, WIDTH)
        self.inputs = list(range(self.length))

    @torch.no_grad()
    def relevance(self, variant: str, strength: float) -> torch.Tensor:
        """Relevance of every input for every target."""
        rows = factor_rows(self.embeddings, self.inputs, strength, threshold=0.05)
        return relevance(self.decoder, self.embeddings, rows, self.targets, variant)

    def test_nothing_suppressed_means_no_relevance(self) -> None:
        for variant in VARIANTS:
            self.assertLess(self.relevance(variant, strength=0.0).abs().max(), 1e-5, variant)

    def test_something_suppressed_means_some_relevance(self) -> None:
        for variant in VARIANTS:
            self.assertGreater(self.relevance(variant, strength=0.9).abs().max(), 1e-3, variant)

    def test_factors_follow_equation_6(self) -> None:
        cosine = similarity(self.embeddings)
        rows = factor_rows(self.embeddings, self.inputs, strength=0.9, threshold=0.05)
        off = ~torch.eye(self.length, dtype=torch.bool)
        near = (cosine >= 0.05) & off
        self.assertTrue(torch.allclose(rows[near], 1 - 0.9 * cosine[near], atol=1e-6))
        self.assertTrue((rows[off & ~near] == 1).all())
        self.assertTrue(torch.allclose(rows.diagonal(), torch.tensor(0.1)))

    @torch.no_grad()
    def test_later_tokens_do_not_change_earlier_relevance(self) -> None:
        longer = torch.cat([self.embeddings, 5 * torch.randn(4, WIDTH)])
        position = [self.length - 1]
        for variant in set(VARIANTS) - {'published'}:
            rows = factor_rows(self.embeddings, self.inputs, threshold=None)
            before = losses(self.decoder, self.embeddings, rows, position, [3], variant)
            rows = factor_rows(longer, self.inputs, threshold=None)
            after = losses(self.decoder, longer, rows, position, [3], variant)
            self.assertLess((before - after).abs().max(), 1e-4, variant)

    @torch.no_grad()
    def test_the_last_block_may_skip_rows(self) -> None:
        mask, order = causal_mask(self.length), torch.arange(self.length)[None]
        whole = self.decoder(self.embeddings[None], mask, order)[:, 5:]
        part = self.decoder.logits_from(self.embeddings[None], mask, order, 5)
        self.assertLess((whole - part).abs().max(), 1e-4)


class Restoring(unittest.TestCase):
    @torch.no_grad()
    def test_the_restored_decoder_computes_what_the_graph_computes(self) -> None:
        import onnxruntime

        _, decoder = load_networks(SHIPPED_MODEL, 1333)
        ids = tokenizer.load().encode('Q: Is there a cat? A:').ids
        embeddings = onnxruntime.InferenceSession(SHIPPED_MODEL / 'onnx' / 'embed_tokens.onnx')
        found = embeddings.run(None, {'input_ids': np.array([ids])})[0]
        self.assertTrue((decoder.emb(torch.tensor([ids])).numpy() == found).all())


if __name__ == '__main__':
    unittest.main()
