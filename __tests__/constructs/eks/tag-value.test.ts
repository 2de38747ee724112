import { TerraformVariable } from 'cdktf';
import { tagValue } from '../../../constructs/eks/tag-value';
import { synthesizedConstructs } from '../../synthesized';

describe('tagValue', () => {
  test('keeps what a tag may contain', () => {
    const text = 'Zoë 99 + - = . _ : / @';

    expect(tagValue(text)).toBe(text);
  });

  test.each([...'!"#$%&\'()*,;<>?[\\]^`{|}~\n\t’'])('replaces %j with a space', (letter) => {
    expect(tagValue(`a${letter}b`)).toBe('a b');
  });

  test('replaces a character of two code units with one space', () => {
    expect(tagValue('a🔥b')).toBe('a b');
  });

  test('keeps 256 characters and cuts what follows', () => {
    expect(tagValue('a'.repeat(256))).toBe('a'.repeat(256));
    expect(tagValue(`${'a'.repeat(256)}b`)).toBe('a'.repeat(256));
  });

  test('never cuts a character in two', () => {
    expect(tagValue(`${'a'.repeat(255)}𝒳𝒳`)).toBe(`${'a'.repeat(255)}𝒳`);
  });

  test('does not look into a text that only Terraform knows', () => {
    synthesizedConstructs((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'reason', {});

      expect(tagValue(stringValue)).toBe(stringValue);
    });
  });
});
