import * as vscode from 'vscode';
import { DISK_SCHEMES } from '../place-schemes';
import { IgnoreRules } from './ignore-rules';
import { isWorthReading, textOf, type IndexLimits } from './limits';

/** Files named `.gitignore` that are read. */
const MOST_IGNORE_FILES = 200;
const IGNORE_FILE = '.gitignore';
/** Folders of a virtual file system that are looked into. */
const MOST_FOLDERS = 1_000;
/** Where VS Code searches by itself. Other file systems may have no search: their folders are walked through. */
const SEARCHABLE = DISK_SCHEMES;

interface Folder {
  readonly uri: vscode.Uri;
  readonly rules: IgnoreRules;
}

/**
 * The files of the workspace that a person may have written: without what `files.exclude`, `search.exclude` and
 * `.gitignore` leave out. Only lists and reads.
 */
export class WorkspaceFiles {
  private folders: readonly Folder[] = [];

  constructor(private readonly limits: IndexLimits) {}

  /** Lists files, those nearest to `near` first, at most `limits.listed`. Reads the rules anew. */
  async list(near: vscode.Uri | undefined, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
    const found: vscode.Uri[] = [];
    const folders: Folder[] = [];
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const excludes = excludesOf(uri);
      const folder = { uri, rules: new IgnoreRules(excludes) };
      folders.push(folder);
      found.push(
        ...(SEARCHABLE.has(uri.scheme)
          ? await search(folder, excludes, this.limits, token)
          : await walk(folder, uri, this.limits, token)),
      );
    }
    this.folders = folders;
    const counted = found.filter((uri) => this.counts(uri));
    const rank = near ? new Map(counted.map((uri) => [uri, sharedParts(uri.path, near.path)])) : undefined;
    if (rank) counted.sort((a, b) => rank.get(b)! - rank.get(a)!);
    return counted.slice(0, this.limits.listed);
  }

  /** True if the file belongs to the workspace and no rule leaves it out. */
  counts(uri: vscode.Uri): boolean {
    const folder = this.folderOf(uri);
    return folder !== undefined && !folder.rules.ignores(relative(folder.uri, uri));
  }

  /** The text of a file; `undefined` if it is too large, data, or generated. Rejects if it cannot be read. */
  async read(uri: vscode.Uri): Promise<string | undefined> {
    if (!isWorthReading(baseName(uri))) return undefined;
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > this.limits.bytesPerFile || (type & vscode.FileType.File) === 0) return undefined;
    return textOf(await vscode.workspace.fs.readFile(uri));
  }

  /** Files in a folder that has come into the workspace. */
  async under(uri: vscode.Uri, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
    const folder = this.folderOf(uri);
    if (!folder) return [];
    if (!SEARCHABLE.has(uri.scheme)) return walk(folder, uri, this.limits, token);
    const pattern = new vscode.RelativePattern(uri, '**/*');
    const found = await vscode.workspace.findFiles(pattern, undefined, this.limits.listed, token);
    return found.filter((one) => this.counts(one));
  }

  private folderOf(uri: vscode.Uri): Folder | undefined {
    const text = uri.toString();
    return this.folders.find((one) => text.startsWith(`${one.uri.toString()}/`));
  }
}

/** The last part of a path. */
export function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function relative(folder: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(folder.path.length).replace(/^\/+/u, '');
}

/** The patterns that are switched on by themselves; those with a condition are left to VS Code. */
function excludesOf(folder: vscode.Uri): readonly string[] {
  const read = (section: string): readonly string[] => {
    const patterns = vscode.workspace
      .getConfiguration(section, folder)
      .get<Record<string, unknown>>('exclude', {});
    return Object.keys(patterns).filter((pattern) => patterns[pattern] === true);
  };
  return [...new Set([...read('files'), ...read('search')])];
}

async function search(
  { uri, rules }: Folder,
  excludes: readonly string[],
  { listed }: IndexLimits,
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const exclude = excludes.length > 0 ? `{${excludes.join(',')}}` : undefined;
  const find = (pattern: string, most: number): Thenable<vscode.Uri[]> =>
    vscode.workspace.findFiles(new vscode.RelativePattern(uri, pattern), exclude, most, token);
  for (const file of await find(`**/${IGNORE_FILE}`, MOST_IGNORE_FILES)) await addRules(rules, uri, file);
  // Ignored files are found as well; there may be many of them in front of the others.
  const found = await find('**/*', listed * 2);
  return found.filter((file) => !rules.ignores(relative(uri, file)));
}

/** Files in `from`, which is the folder or lies in it. */
async function walk(
  { uri, rules }: Folder,
  from: vscode.Uri,
  { listed }: IndexLimits,
  token: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const folders = [from];
  for (let at = 0; at < folders.length && at < MOST_FOLDERS; at++) {
    const folder = folders[at]!;
    if (token.isCancellationRequested) break;
    const entries = await readFolder(folder);
    if (entries.some(([name]) => name === IGNORE_FILE))
      await addRules(rules, uri, vscode.Uri.joinPath(folder, IGNORE_FILE));
    for (const [name, type] of entries) {
      const entry = vscode.Uri.joinPath(folder, name);
      if (rules.ignores(relative(uri, entry))) continue;
      // A link may lead back to where it came from.
      if (type === vscode.FileType.Directory) folders.push(entry);
      else if ((type & vscode.FileType.File) !== 0 && found.length < listed) found.push(entry);
    }
  }
  return found;
}

async function readFolder(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    // Gone, or closed to us: what cannot be read has no names.
    return [];
  }
}

async function addRules(rules: IgnoreRules, folder: vscode.Uri, file: vscode.Uri): Promise<void> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    rules.add(relative(folder, file).slice(0, -IGNORE_FILE.length).replace(/\/$/u, ''), text);
  } catch {
    // Gone meanwhile: it ignores nothing.
  }
}

/** How many folders two paths have in common, from the root. */
function sharedParts(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}
