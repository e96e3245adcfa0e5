import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { messageOf } from '../../core/errors';
import type { Role } from '../../core/model';
import { catalogBroken } from './errors';

const Name = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]*$/, 'a model name is lower case'));
const FileName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.bin$/, 'a plain file name ending in .bin'),
);
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'));
const Sha1 = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, '40 hexadecimal digits'));
const PositiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
const RoleName = v.picklist(['fast', 'heavy']);
const Roles = v.pipe(v.array(RoleName), v.minLength(1));

const Common = {
  name: Name,
  file: FileName,
  bytes: PositiveInteger,
  sha256: Sha256,
  /** Key of `languageSets`. */
  languages: v.string(),
  /** The roles this model is meant for; nothing forbids another use. */
  roles: Roles,
  /** Longest stretch of audio the model understands well, ms. */
  longestWindowMs: PositiveInteger,
  /** Estimated memory that the model needs at work, beside the process around it, MiB. */
  ramMiB: PositiveInteger,
};

const PublishedModel = v.strictObject({
  ...Common,
  url: v.pipe(v.string(), v.url(), v.startsWith('https://')),
  sha1: Sha1,
  lfsPointer: Sha1,
});

const EmbeddedModel = v.strictObject(Common);

const LanguageSet = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}( [a-z]{2,3})*$/, 'Whisper language codes separated by single spaces'),
  v.transform((codes) => codes.split(' ')),
);

/** Shape of `models/catalog.json`. Names are unique, and every reference within the file leads somewhere. */
export const CatalogSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    source: v.strictObject({
      repository: v.pipe(v.string(), v.url()),
      revision: Sha1,
      note: v.string(),
    }),
    /** Longest window worth giving to any model in this role, ms. */
    roleWindowMs: v.strictObject({ fast: PositiveInteger, heavy: PositiveInteger }),
    languageSets: v.record(v.string(), LanguageSet),
    /** First is the default. */
    pairs: v.pipe(v.array(v.strictObject({ fast: Name, heavy: Name, note: v.string() })), v.minLength(1)),
    models: v.pipe(v.array(PublishedModel), v.minLength(1)),
    embedded: v.pipe(v.array(EmbeddedModel), v.length(2)),
  }),
  v.check((catalog) => {
    const names = [...catalog.models, ...catalog.embedded].map((model) => model.name);
    return new Set(names).size === names.length;
  }, 'every model name is unique'),
  v.check(
    (catalog) =>
      [...catalog.models, ...catalog.embedded].every((model) => model.languages in catalog.languageSets),
    'every model names a known language set',
  ),
  v.check(
    (catalog) =>
      catalog.pairs.every((pair) =>
        (['fast', 'heavy'] as const).every((role) =>
          catalog.models.some((model) => model.name === pair[role] && model.roles.includes(role)),
        ),
      ),
    'every pair consists of models for these roles',
  ),
  v.check(
    (catalog) =>
      (['fast', 'heavy'] as const).every((role) =>
        catalog.embedded.some((model) => model.roles.includes(role)),
      ),
    'there is an embedded model for each role',
  ),
);

/** A validated catalogue. */
export type Catalog = v.InferOutput<typeof CatalogSchema>;
/** A model that can be downloaded. */
export type PublishedEntry = Catalog['models'][number];
/** A model that ships with the product. */
export type EmbeddedEntry = Catalog['embedded'][number];
/** Any model the catalogue pins. */
export type CatalogEntry = PublishedEntry | EmbeddedEntry;

/**
 * Reads and validates the catalogue at `path`.
 * @throws DictationError `catalog-broken` if it cannot be read or does not fit {@link CatalogSchema}.
 */
export function loadCatalog(path: string): Catalog {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw catalogBroken(path, messageOf(error), error);
  }
  const result = v.safeParse(CatalogSchema, json);
  if (!result.success) {
    const issue = result.issues[0];
    throw catalogBroken(path, `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  return result.output;
}

/** The language codes that `entry` knows. */
export function languagesOf(catalog: Catalog, entry: CatalogEntry): readonly string[] {
  return catalog.languageSets[entry.languages] ?? [];
}

/**
 * Longest useful window of `entry` in `role`, ms: what the model understands, bounded by what is useful in that role
 * (a draft over more than some seconds only costs time).
 */
export function longestWindowMs(catalog: Catalog, role: Role, entry?: CatalogEntry): number {
  const bound = catalog.roleWindowMs[role];
  return entry ? Math.min(bound, entry.longestWindowMs) : bound;
}
