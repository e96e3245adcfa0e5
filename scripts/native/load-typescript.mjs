// Loads one of the product's TypeScript modules into a build script, so that rules shared by the build and the
// running product are written once. (Node 20 cannot import TypeScript.)
import path from 'node:path';
import esbuild from 'esbuild';

/**
 * @param {string} root folder of the repository
 * @param {string} file path of the module below it
 */
export async function loadTypeScript(root, file) {
  const result = await esbuild.build({
    entryPoints: [path.join(root, file)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`${file} could not be compiled`);
  return import(`data:text/javascript;base64,${Buffer.from(output.contents).toString('base64')}`);
}
