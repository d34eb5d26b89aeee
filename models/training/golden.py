"""Reference numbers for the application's tests: factors, baseline log-probabilities and relevance.

Patch embeddings come from the exported encoder, run by ONNX Runtime (PyTorch's differ by up to 1e-3, enough to carry a
similarity across the threshold); everything after them from PyTorch, with the weights rounded as they are exported.

Usage: python golden.py OUT [--seed 101] [--pictures 5] [--documents 3] [--model ../whence-scenes]
       [--checkpoint build/decoder.pt]       without it the weights are restored from the exported graphs
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from PIL import Image
from tokenizers import Tokenizer
from torch import Tensor

import tokenizer
from atman import STRENGTH, THRESHOLD, factor_rows, generate, losses, similarity, target_positions, with_text
from checkpoint import round_as_exported
from commandline import SHIPPED_MODEL, parse, parser
from facts import document
from network import PATCHES, Decoder, normalised_pixels
from questions import questions
from randomness import Randomness
from restore import load_networks
from scenes import Artwork, Scene, compose_scene

#: Variants that the application offers.
VARIANTS = ('shifted', 'plain', 'log', 'mask')

#: Similarities this near the threshold may fall on either side of it by rounding.
NEAR = 1e-4

PROMPT = 'This is a picture of'

NOTE = (
    'little-endian float32, row-major. relevance [inputs, targets] in nats, positive = the target needed that'
    " input. variant 'mask' subtracts 1000 from the scores of every key whose factor is below 1 (so a query "
    "whose visible keys are all masked keeps a softmax); 'log' adds ln max(F, 1e-9). close_to_kappa: pairs "
    '[input, key] whose similarity lies within 1e-4 of kappa, where rounding may decide. Picture embeddings '
    "come from the model folder's vision encoder run by ONNX Runtime, everything after them from PyTorch with"
    " the same weights (stored as fp16, computed in fp32). 'generated' is the model's own greedy completion "
    'of the prompt.'
)


@dataclass(frozen=True)
class Reference:
    """What the cases are computed with, and the folder they are written to."""

    decoder: Decoder
    vision: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    folder: Path

    def ids(self, text: str) -> list[int]:
        """Token ids of a text."""
        return self.tokenizer.encode(text).ids

    def patches(self, picture: np.ndarray) -> Tensor:
        """Patch embeddings [144, D] of a picture uint8 [192, 192, 3], from the exported encoder."""
        pixels = normalised_pixels(torch.from_numpy(picture)[None])
        return torch.from_numpy(self.vision.run(None, {'pixel_values': pixels.contiguous().numpy()})[0])[0]

    def complete(self, patches: Tensor | None, prompt: str) -> str:
        """The model's own greedy completion, as text."""
        end = self.tokenizer.token_to_id(tokenizer.END_OF_TEXT)
        return self.tokenizer.decode(generate(self.decoder, patches, self.ids(prompt), end))

    def write(self, name: str, tensor: Tensor) -> dict[str, Any]:
        """Writes numbers as little-endian float32; returns file name and shape."""
        tensor.detach().numpy().astype('<f4').tofile(self.folder / name)
        return {'file': name, 'shape': list(tensor.shape)}


def close_pairs(embeddings: Tensor) -> list[list[int]]:
    """Pairs [input, key] whose similarity is nearly the threshold."""
    near = (similarity(embeddings) - THRESHOLD).abs() < NEAR
    return [[i, key] for i, key in near.nonzero().tolist() if i != key]


def explain(reference: Reference, name: str, patches: Tensor | None, prompt: str, target: str) -> dict[str, Any]:
    """One case: every variant, with and without neighbourhood, for every input."""
    prompt_ids, target_ids = reference.ids(prompt), reference.ids(target)
    embeddings = with_text(reference.decoder, patches, prompt_ids + target_ids[:-1])
    length = len(embeddings)
    positions = target_positions(length, len(target_ids))
    baseline = losses(reference.decoder, embeddings, torch.ones(1, length), positions, target_ids, 'shifted')[0]
    case = {
        'name': name,
        'prompt': prompt,
        'target': target,
        'prompt_ids': prompt_ids,
        'target_ids': target_ids,
        'sequence': length,
        'image_tokens': 0 if patches is None else PATCHES,
        'embeddings': reference.write(f'{name}.embeddings.f32', embeddings),
        'baseline_logprobs': (-baseline).tolist(),
        'variants': [],
        'close_to_kappa': close_pairs(embeddings),
    }
    for label, threshold in (('neighbourhood', THRESHOLD), ('single', None)):
        rows = factor_rows(embeddings, list(range(length)), STRENGTH, threshold)
        factors = reference.write(f'{name}.factors.{label}.f32', rows)
        for variant in VARIANTS:
            changed = losses(reference.decoder, embeddings, rows, positions, target_ids, variant) - baseline
            case['variants'].append(
                {
                    'variant': variant,
                    'neighbourhood': threshold is not None,
                    'f': STRENGTH,
                    'kappa': THRESHOLD,
                    'factors': factors,
                    'relevance': reference.write(f'{name}.relevance.{variant}.{label}.f32', changed),
                }
            )
    print(name, length, len(target_ids), [round(value, 3) for value in case['baseline_logprobs']][:6], flush=True)
    return case


def _objects(scene: Scene) -> list[dict[str, Any]]:
    return [
        {'noun': item.noun, 'color': item.colour, 'box': [item.x, item.y, item.side, item.side]}
        for item in scene.objects
    ]


def picture_cases(reference: Reference, randomness: Randomness, artwork: Artwork, index: int) -> list[dict[str, Any]]:
    """A scene explained twice: the model's own caption, and the right answer to a question."""
    scene = compose_scene(randomness, artwork, count=randomness.choice.choice([1, 2, 3, 4]))
    name = f'picture{index}'
    Image.fromarray(scene.picture).save(reference.folder / f'{name}.png')
    Image.fromarray((scene.labels + 1).astype(np.uint8)).save(reference.folder / f'{name}.objects.png')
    patches = reference.patches(scene.picture)
    caption = reference.complete(patches, PROMPT)
    captioned = explain(reference, f'{name}-caption', patches, PROMPT, caption)
    captioned |= {'picture': f'{name}.png', 'objects': _objects(scene), 'generated': caption}
    question, answer = randomness.choice.choice(questions(randomness.choice, scene.objects, scene.background))
    asked = explain(reference, f'{name}-question', patches, question, answer)
    asked |= {'picture': f'{name}.png', 'generated': reference.complete(patches, question)}
    return [captioned, asked]


def document_case(reference: Reference, randomness: Randomness, index: int) -> dict[str, Any]:
    """A document and the right answer to one of its questions."""
    read = document(randomness.choice)
    prompt = read.text + read.question
    case = explain(reference, f'document{index}', None, prompt, read.answer)
    return case | {'picture': None, 'span': read.sentence, 'generated': reference.complete(None, prompt)}


def main() -> None:
    """Computes and writes all cases."""
    options = parser(__doc__)
    options.add_argument('out', type=Path)
    options.add_argument('--seed', type=int, default=101)
    options.add_argument('--pictures', type=int, default=5)
    options.add_argument('--documents', type=int, default=3)
    options.add_argument('--model', type=Path, default=SHIPPED_MODEL)
    options.add_argument('--checkpoint', type=Path)
    parsed = parse(options)
    torch.set_grad_enabled(False)
    words = tokenizer.load(parsed.tokenizer)
    _, decoder = load_networks(parsed.checkpoint or parsed.model, words.get_vocab_size())
    round_as_exported(decoder)
    encoder_file = parsed.model / 'onnx' / 'vision_encoder.onnx'
    vision = onnxruntime.InferenceSession(encoder_file, providers=['CPUExecutionProvider'])
    parsed.out.mkdir(parents=True, exist_ok=True)
    reference = Reference(decoder, vision, words, parsed.out)
    randomness, artwork = Randomness.seeded(parsed.seed), Artwork(parsed.artwork)
    cases = [case for index in range(parsed.pictures) for case in picture_cases(reference, randomness, artwork, index)]
    cases += [document_case(reference, randomness, index) for index in range(parsed.documents)]
    (parsed.out / 'golden.json').write_text(json.dumps({'note': NOTE, 'cases': cases}, indent=1))


if __name__ == '__main__':
    main()
