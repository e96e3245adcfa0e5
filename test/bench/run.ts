import path from 'node:path';
import { parseArgs } from 'node:util';
import { table, writeRows } from './results';
import { SECTIONS } from './sections';

const MS_PER_SECOND = 1_000;

/**
 * Measures: `npm run bench -- [SECTION…] [--quick]`, all sections without a name. Prints a table each and writes
 * `test/bench/results/<section>.json`; with `--quick` it only prints. Exits with 1 if a goal was missed.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !SECTIONS.some((section) => section.name === name));
  if (values.help || unknown.length > 0) {
    for (const name of unknown) console.error(`There is no section "${name}".`);
    console.error('npm run bench -- [SECTION…] [--quick]\n');
    for (const section of SECTIONS) console.error(`  ${section.name.padEnd(10)} ${section.about}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  // The bundle lies in out/bench.
  const root = path.resolve(__dirname, '..', '..');
  for (const section of SECTIONS) {
    if (positionals.length > 0 && !positionals.includes(section.name)) continue;
    console.error(`\n${section.name}: ${section.about}`);
    const say = (text: string) => console.error(`  ${text}`);
    const started = performance.now();
    const rows = await section.run({ root, quick: values.quick, say });
    say(`took ${Math.round((performance.now() - started) / MS_PER_SECOND)} s`);
    console.log(`\n${table(rows)}\n`);
    if (values.quick) console.log('A quick run: not written down.');
    else
      console.log(
        `Written to ${path.relative(root, writeRows(path.join(root, 'test/bench/results'), section.name, rows))}`,
      );
    if (rows.some((entry) => !entry.ok)) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
