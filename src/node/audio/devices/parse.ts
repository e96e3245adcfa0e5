import * as v from 'valibot';
import type { InputDevice } from '../../../core/ports';

/**
 * Reading what the programs of each system say about its microphones. Pure; whatever is not understood gives no device
 * instead of an error, because the system's default can be used all the same.
 */

const Pulse = v.array(
  v.object({
    name: v.string(),
    description: v.optional(v.string(), ''),
    monitor_source: v.optional(v.string(), ''),
    properties: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
);

/**
 * `pactl -f json list sources` (PulseAudio 15 and later, PipeWire). Monitors, which hear what the loudspeakers play, come last
 * and are marked: somebody may want them, nobody wants one by mistake.
 * @param defaultSource name of the default source, from `pactl get-default-source`
 */
export function parsePulseSources(json: string, defaultSource: string): InputDevice[] {
  const devices = read(Pulse, json, []).map(({ name, description, monitor_source, properties }) => ({
    id: name,
    name: description === '' || description === '(null)' ? name : description,
    isDefault: name === defaultSource.trim(),
    // PulseAudio names the sink that is monitored, PipeWire tells by the class.
    isMonitor: monitor_source !== '' || properties['device.class'] === 'monitor' || name.endsWith('.monitor'),
  }));
  return [...devices.filter((one) => !one.isMonitor), ...devices.filter((one) => one.isMonitor)];
}

/** ALSA names that convert rate and channels by themselves; `hw:` does not, the rest are no microphones or aliases. */
const ALSA_NAMES = /^(default|sysdefault:|plughw:|pulse$|pipewire$)/;

/**
 * `arecord -L`: a name at the beginning of a line, and indented lines that describe it: card and device, then what the
 * plug-in does.
 */
export function parseAlsaDevices(text: string): InputDevice[] {
  const devices: { id: string; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (/^\s/.test(line)) devices.at(-1)?.lines.push(line.trim());
    else devices.push({ id: line.trim(), lines: [] });
  }
  return devices
    .filter(({ id }) => ALSA_NAMES.test(id))
    .map(({ id, lines: [name] }) => ({
      id,
      name: name || id,
      isDefault: id === 'default',
      isMonitor: false,
    }));
}

/** `_items` nest: devices stand one level below their group, two on older systems. */
interface MacItem {
  readonly _name?: string | undefined;
  readonly _items?: MacItem[] | undefined;
  readonly coreaudio_device_input?: unknown;
  readonly coreaudio_default_audio_input_device?: unknown;
}
const MacItem: v.GenericSchema<MacItem> = v.object({
  _name: v.optional(v.string()),
  _items: v.optional(v.array(v.lazy(() => MacItem))),
  coreaudio_device_input: v.optional(v.unknown()),
  coreaudio_default_audio_input_device: v.optional(v.unknown()),
});
const MacReport = v.object({ SPAudioDataType: v.array(MacItem) });

/** `system_profiler SPAudioDataType -json`; SoX takes the name that Core Audio shows. */
export function parseMacDevices(json: string): InputDevice[] {
  const leaves = (item: MacItem): MacItem[] => (item._items ? item._items.flatMap(leaves) : [item]);
  return read(MacReport, json, { SPAudioDataType: [] })
    .SPAudioDataType.flatMap(leaves)
    .flatMap(({ _name: name, ...item }) => {
      if (!name || item.coreaudio_device_input === undefined) return [];
      const isDefault = item.coreaudio_default_audio_input_device === 'spaudio_yes';
      return [{ id: name, name, isDefault, isMonitor: false }];
    });
}

const Endpoint = v.object({ FriendlyName: v.nullish(v.string()), InstanceId: v.string() });
const Endpoints = v.union([
  v.array(Endpoint),
  v.pipe(
    Endpoint,
    v.transform((one) => [one]),
  ),
]);

/** Endpoints that capture; those that play have `{0.0.0.` (EDataFlow of the Core Audio API). */
const CAPTURES = /^SWD\\MMDEVAPI\\\{0\.0\.1\./i;
/** `MAXPNAMELEN` of the multimedia API less its final zero: longer names are cut for SoX, and it compares them so. */
const WAVE_NAME_LENGTH = 31;

/** `Get-PnpDevice -Class AudioEndpoint` as JSON: a list, or a single object where there is one only. */
export function parseWindowsDevices(json: string): InputDevice[] {
  return read(Endpoints, json, []).flatMap(({ FriendlyName: name, InstanceId }) =>
    name && CAPTURES.test(InstanceId)
      ? [{ id: name.slice(0, WAVE_NAME_LENGTH), name, isDefault: false, isMonitor: false }]
      : [],
  );
}

function read<T>(schema: v.GenericSchema<unknown, T>, json: string, otherwise: T): T {
  let value: unknown;
  try {
    // PowerShell may begin with a byte order mark.
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return otherwise;
  }
  const result = v.safeParse(schema, value);
  return result.success ? result.output : otherwise;
}
