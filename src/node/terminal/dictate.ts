import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { tap } from 'rxjs';
import { DEFAULT_LISTENING } from '../../core/audio/defaults';
import { asDictationError, type ErrorArea } from '../../core/errors';
import { DisposalList } from '../../core/lifetime';
import type { AudioSource } from '../../core/ports';
import { createSession } from '../../core/session';
import { createWording, DEFAULT_WORDING, PLAIN_WORDING, type Wording } from '../../core/text/wording';
import { environmentFetch } from '../models/environment-fetch';
import { userModelsDir } from '../paths';
import { OrdinaryWords } from '../ordinary-words';
import { Runtime } from '../runtime';
import { ENGLISH_WORDS_FILE } from '../word-list';
import { DEFAULT_LANGUAGE, parseDictateArguments, USAGE, type DictateArguments } from './arguments';
import { downloadModels } from './download';
import { follow } from './follow';
import { EXIT_INTERRUPTED } from './interrupt';
import { JsonPrinter } from './json-printer';
import { eventNote, modelNote, Notices } from './notes';
import { PlainPrinter } from './plain-printer';
import type { Printer } from './printer';
import { ScreenPrinter } from './screen-printer';
import { StatsReport } from './stats-report';
import { terminalLog } from './terminal-log';
import { WrittenText } from './written-text';

/** The streams of a terminal program. */
export interface TerminalIo {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Exit code of each kind of failure. */
export const EXIT_CODES: Readonly<Record<ErrorArea, number>> = {
  usage: 2,
  microphone: 3,
  model: 4,
  engine: 5,
  // A terminal has no clean-up; should it fail there one day, it fails like an engine.
  cleanup: 5,
};
/** Columns assumed where the terminal does not tell. */
const DEFAULT_COLUMNS = 80;

/**
 * Runs one dictation in the terminal.
 * @param root folder that holds the product
 * @returns the exit code; everything that was started has ended by then
 */
export async function dictate(argv: readonly string[], io: TerminalIo, root: string): Promise<number> {
  const started = new DisposalList();
  const notices = new Notices(io.stderr);
  try {
    const line = parseDictateArguments(argv);
    switch (line.kind) {
      case 'help':
        io.stdout.write(USAGE);
        return 0;
      case 'download':
        return await downloadModels(line.models, io.stderr, started.add(makeRuntime(root, io, line)).store);
      case 'dictate':
        return await run(line, { ...io, notices, root }, started, started.add(makeRuntime(root, io, line)));
    }
  } catch (error) {
    const failure = asDictationError(error, 'engine', 'unexpected');
    notices.tell(failure.userText);
    return EXIT_CODES[failure.area];
  } finally {
    await started.dispose();
  }
}

/** The machine's side; of a dictation's choices those that matter to it. */
function makeRuntime(
  root: string,
  io: TerminalIo,
  args: { verbose: boolean; mirror?: string | undefined } & Partial<DictateArguments>,
): Runtime {
  return new Runtime({
    root,
    modelsDir: userModelsDir(),
    log: terminalLog(io.stderr, args.verbose),
    logLevel: () => (args.verbose ? 'debug' : 'off'),
    fetch: environmentFetch(),
    mirror: () => args.mirror,
    settings: () => ({
      fast: args.fast,
      heavy: args.heavy,
      language: args.language ?? DEFAULT_LANGUAGE,
      recorder: 'auto',
      device: args.device,
      strategy: args.strategy ?? 'tandem',
      skipConfirmAbove: args.skipConfirmAbove ?? 1,
      threads: {},
      idleReleaseMs: Infinity,
    }),
  });
}

async function run(
  args: DictateArguments,
  io: TerminalIo & { readonly notices: Notices; readonly root: string },
  started: DisposalList,
  runtime: Runtime,
): Promise<number> {
  const { engines, fast, heavy, strategy, policy, slowAdvice } = await runtime.prepare();
  const note = modelNote([fast, heavy]);
  if (note && !args.json) io.stderr.write(`${note}\n`);

  const stats = args.stats ? started.add(new StatsReport(engines)) : undefined;
  // The file asks how far the session is, and the session is made with the file.
  const heardUpTo = (): number => session.heardUpTo();
  const source =
    args.file === undefined
      ? await runtime.openMicrophone()
      : await runtime.openFile(args.file, args.pace, heardUpTo);
  const session = createSession({
    source: stats ? watched(source, stats) : source,
    engines,
    language: args.language,
    listening: DEFAULT_LISTENING,
    strategy,
    policy,
    slowAdvice,
  });

  const printer = choosePrinter(args, io);
  const written = new WrittenText(await chooseWording(args, io.root), args.languageId);
  const interrupted = await follow(session, io.stdout, (event) => {
    stats?.observe(event);
    printer.print(written.write(event));
    const note = eventNote(event);
    if (note) io.notices.tell(note, () => printer.end());
  }).finally(() => printer.end());
  if (interrupted) return EXIT_INTERRUPTED;
  if (stats) {
    const report = await stats.result(session.stats(), await reference(args.file));
    io.stderr.write(`${JSON.stringify(report, undefined, 2)}\n`);
  }
  return 0;
}

/** Lets the statistics see when each frame arrived. */
function watched(source: AudioSource, stats: StatsReport): AudioSource {
  const frames$ = source.frames$.pipe(tap((frame) => stats.captured(frame.start + frame.samples.length)));
  return { name: source.name, frames$ };
}

/** The wording of the arguments; ordinary words are read first, so that the same file always gives the same text. */
async function chooseWording({ rules, language }: DictateArguments, root: string): Promise<Wording> {
  if (rules === 'none') return PLAIN_WORDING;
  const words = new OrdinaryWords(path.join(root, 'dist', ENGLISH_WORDS_FILE));
  await words.load();
  const options = { ...DEFAULT_WORDING, spoken: rules, language, isOrdinaryEnglish: words.has };
  return createWording(() => options);
}

function choosePrinter(args: DictateArguments, { stdout }: TerminalIo): Printer {
  const write = (text: string) => void stdout.write(text);
  if (args.json) return new JsonPrinter(write, args.heard);
  if (!stdout.isTTY) return new PlainPrinter(write);
  return new ScreenPrinter(write, () => stdout.columns || DEFAULT_COLUMNS);
}

/** The transcript beside a recording (`speech.wav` → `speech.txt`), for a word error rate; none is no error. */
async function reference(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file.replace(/\.wav$/i, '') + '.txt', 'utf8');
  } catch {
    return undefined;
  }
}
