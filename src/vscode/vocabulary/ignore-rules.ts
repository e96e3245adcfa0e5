import ignore, { type Ignore } from 'ignore';

/** Version control's own folder is nobody's text. */
const ALWAYS = ['.git', '.hg', '.svn'];

/** Which files of a folder do not count, by its `.gitignore` files and by VS Code's settings. Paths are relative, with `/`. */
export class IgnoreRules {
  private readonly byFolder = new Map<string, Ignore>();
  private readonly excluded: Ignore;

  /** @param patterns of `files.exclude` and `search.exclude`, which read nearly as those of git do */
  constructor(patterns: readonly string[]) {
    this.excluded = ignore({ allowRelativePaths: true }).add([...ALWAYS, ...patterns]);
  }

  /** Adds the text of the `.gitignore` in a folder; the root is the empty text. */
  add(folder: string, text: string): void {
    this.byFolder.set(folder, ignore({ allowRelativePaths: true }).add(text));
  }

  /** True if the file, or a folder it is in, is ignored. The rules nearest to it have the last word. */
  ignores(path: string): boolean {
    if (path === '' || this.excluded.ignores(path)) return path !== '';
    let ignored = false;
    for (let slash = -1; ; slash = path.indexOf('/', slash + 1)) {
      const folder = slash === -1 ? '' : path.slice(0, slash);
      const verdict = this.byFolder.get(folder)?.test(path.slice(slash + 1));
      if (verdict?.ignored) ignored = true;
      if (verdict?.unignored) ignored = false;
      if (path.indexOf('/', slash + 1) === -1) return ignored;
    }
  }
}
