/** The parts of node-record-lpcm16 1.0.1 that we use; the package has no types of its own. */
declare module 'node-record-lpcm16' {
  import type { ChildProcessWithoutNullStreams } from 'node:child_process';
  import type { Readable } from 'node:stream';

  interface Recording {
    readonly process: ChildProcessWithoutNullStreams;
    stream(): Readable;
  }
  export function record(options: {
    recorder: string;
    sampleRate: number;
    channels: number;
    audioType: string;
    device?: string;
  }): Recording;
}

declare module 'node-record-lpcm16/recorders' {
  export interface RecorderCommand {
    cmd: string;
    args: (string | number)[];
    spawnOptions?: { env?: NodeJS.ProcessEnv; windowsHide?: boolean };
  }
  export type Recorder = (options: Record<string, unknown>) => RecorderCommand;
  const recorders: { load(name: string): Recorder };
  export default recorders;
}

declare module 'node-record-lpcm16/recorders/sox' {
  import type { Recorder } from 'node-record-lpcm16/recorders';
  const recorder: Recorder;
  export default recorder;
}

declare module 'node-record-lpcm16/recorders/rec' {
  import type { Recorder } from 'node-record-lpcm16/recorders';
  const recorder: Recorder;
  export default recorder;
}

declare module 'node-record-lpcm16/recorders/arecord' {
  import type { Recorder } from 'node-record-lpcm16/recorders';
  const recorder: Recorder;
  export default recorder;
}
