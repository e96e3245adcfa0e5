import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { englishWords } from '../../../src/core/vocabulary/english-words';
import { likeness } from '../../../src/core/vocabulary/likeness';
import { namesIn, partsOf, spokenForms } from '../../../src/core/vocabulary/names';
import { isOrdinary } from '../../../src/core/vocabulary/ordinary';
import { soundOf } from '../../../src/core/vocabulary/sound';
import { SoundTrie } from '../../../src/core/vocabulary/sound-trie';

describe('the parts of a name', () => {
  it.each([
    ['getUserById', ['get', 'user', 'by', 'id']],
    ['getUserByID', ['get', 'user', 'by', 'id']],
    ['HTTPServer', ['http', 'server']],
    ['XMLHttpRequest', ['xml', 'http', 'request']],
    ['MAX_RETRY_COUNT', ['max', 'retry', 'count']],
    ['__init__', ['init']],
    ['_pending', ['pending']],
    ['utf8Decoder', ['utf', '8', 'decoder']],
    ['main-content', ['main', 'content']],
    ['tsconfig.json', ['tsconfig', 'dot', 'json']],
    ['.gitignore', ['dot', 'gitignore']],
    ['iPhone', ['i', 'phone']],
    ['$scope', ['scope']],
    ['größeÄndern', ['größe', 'ändern']],
    ['___', []],
  ])('%s', (name, parts) => {
    expect(partsOf(name)).toEqual(parts);
  });
  it('are said in few ways, as written first', () => {
    expect(spokenForms('ctxMsg')).toEqual([
      ['ctx', 'msg'],
      ['context', 'msg'],
      ['ctx', 'message'],
      ['context', 'message'],
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(spokenForms(name).length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe('the names in a source text', () => {
  it('are what is neither a keyword nor too short, with their counts', () => {
    const names = namesIn('const getUser = (id) => getUser(id) + MAX_COUNT; // a-b');
    expect([...names]).toEqual([
      ['getUser', 2],
      ['MAX_COUNT', 1],
    ]);
  });
  it('are kebab-case where that is asked for', () => {
    expect([...namesIn('.main-content {}', true).keys()]).toEqual(['main-content']);
    expect([...namesIn('.main-content {}').keys()]).toEqual(['main', 'content']);
  });
});

describe('sound and spelling', () => {
  it.each([
    ['use effect', 'useeffect'],
    ['parse jason', 'parse json'],
    ['sink queue', 'sync queue'],
    ['write parkay', 'write parquet'],
    ['glif cash', 'glyph cache'],
    ['utf 8', 'utf eight'],
  ])('%s sounds like %s', (a, b) => {
    const [one, other] = [soundOf(a.split(' ')), soundOf(b.split(' '))];
    expect(likeness(one, other)).toBeGreaterThanOrEqual(0.7);
  });
  it('does not depend on how words are divided', () => {
    expect(soundOf(['ts', 'config'])).toBe(soundOf(['tsconfig']));
    expect(soundOf(['use', 'effect'])).toBe(soundOf(['use', 'ffect']));
  });
  it('likeness is 1 for equal words, symmetric, and counts a swap once', () => {
    expect(likeness('abcd', 'abdc')).toBe(0.75);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(likeness(a, a)).toBe(1);
        expect(likeness(a, b)).toBeCloseTo(likeness(b, a), 10);
        expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
        if (a !== b) expect(likeness(a, b)).toBeLessThan(1);
      }),
    );
  });
});

describe('ordinary words', () => {
  const words = englishWords();
  it.each(['running', 'crawler', 'emitters', 'cacheable', 'batching', 'config', "don't", 'tries'])(
    '%s',
    (word) => {
      expect(isOrdinary(word, words)).toBe(true);
    },
  );
  it.each(['kubectl', 'numpy', 'useeffect', 'xs', 'tsconfig', ''])('not %j', (word) => {
    expect(isOrdinary(word, words)).toBe(false);
  });
});

describe('names by sound', () => {
  const phonemes = fc
    .array(fc.constantFrom('A', 'K', 'T', 'S'), { minLength: 1, maxLength: 8 })
    .map((list) => list.join(''));

  /** Edit distance, plainly. */
  function edits(a: string, b: string): number {
    if (a === '' || b === '') return a.length + b.length;
    if (a[0] === b[0]) return edits(a.slice(1), b.slice(1));
    return 1 + Math.min(edits(a.slice(1), b), edits(a, b.slice(1)), edits(a.slice(1), b.slice(1)));
  }

  it('are found as they are, and never with more errors than allowed', () => {
    fc.assert(
      fc.property(fc.array(phonemes, { maxLength: 12 }), phonemes, (sounds, heard) => {
        const trie = new SoundTrie<string>(1);
        for (const sound of sounds) trie.add(sound, sound);
        const found = trie.ends(trie.walk(trie.start(), heard));
        if (sounds.includes(heard)) expect(found).toContainEqual({ value: heard, errors: 0 });
        for (const { value, errors } of found) {
          expect(edits(value, heard)).toBeLessThanOrEqual(1);
          expect(errors).toBeLessThanOrEqual(1);
        }
        // Behind the first sounds every single error is forgiven.
        for (const sound of sounds) {
          const same = sound.slice(0, 2) === heard.slice(0, 2) && heard.length > 2 && sound.length > 2;
          if (same && edits(sound, heard) === 1) expect(found.map(({ value }) => value)).toContain(sound);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are gone when they were removed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(phonemes, { maxLength: 12 }), fc.nat(), (sounds, pick) => {
        const trie = new SoundTrie<string>(1);
        for (const sound of sounds) trie.add(sound, sound);
        const kept = sounds.filter((_, index) => index % 2 === pick % 2);
        for (const sound of sounds) if (!kept.includes(sound)) trie.remove(sound, sound);
        for (const sound of sounds) {
          const found = trie.ends(trie.walk(trie.start(), sound)).filter(({ errors }) => errors === 0);
          expect(found).toHaveLength(kept.includes(sound) ? 1 : 0);
        }
        for (const sound of kept) trie.remove(sound, sound);
        expect(trie.goesOn(trie.start())).toBe(false);
      }),
    );
  });
});
