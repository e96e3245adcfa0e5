import { describe, expect, it } from 'vitest';
import {
  parseAlsaDevices,
  parseMacDevices,
  parsePulseSources,
  parseWindowsDevices,
} from '../../../../src/node/audio/devices/parse';

/** Recorded from PulseAudio 16.1 (fields that are not read are left out of the middle one). */
const PULSE = `[
  {"index":0,"state":"RUNNING","name":"vmic.monitor","description":"Monitor of Null Output","driver":"module-null-sink.c","sample_specification":"s16le 2ch 44100Hz","owner_module":1,"mute":false,"monitor_source":"vmic","flags":["DECIBEL_VOLUME","LATENCY"],"properties":{"device.description":"Monitor of Null Output","device.class":"monitor","device.icon_name":"audio-input-microphone"},"ports":[],"active_port":null,"formats":["pcm"]},
  {"index":1,"state":"IDLE","name":"desk","description":"Desk","monitor_source":"","properties":{"device.class":"filter","device.description":"Desk"}},
  {"index":2,"state":"SUSPENDED","name":"alsa_input.usb-Blue_Yeti_REV8_2019-00.analog-stereo","description":"Yeti Stereo Microphone Analog Stereo","monitor_source":"","properties":{"device.class":"sound"}}
]`;

describe('PulseAudio and PipeWire', () => {
  it('names the sources, the default and the monitors, which come last', () => {
    expect(parsePulseSources(PULSE, 'desk\n')).toEqual([
      { id: 'desk', name: 'Desk', isDefault: true, isMonitor: false },
      {
        id: 'alsa_input.usb-Blue_Yeti_REV8_2019-00.analog-stereo',
        name: 'Yeti Stereo Microphone Analog Stereo',
        isDefault: false,
        isMonitor: false,
      },
      { id: 'vmic.monitor', name: 'Monitor of Null Output', isDefault: false, isMonitor: true },
    ]);
  });

  it('shows the name where there is no description', () => {
    const json = '[{"name":"a","description":"(null)"},{"name":"b"}]';
    expect(parsePulseSources(json, '').map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

/** As alsa-lib 1.2 on a laptop with a headset writes it. */
const ALSA = `null
    Discard all samples (playback) or generate zero samples (capture)
pulse
    PulseAudio Sound Server
default
    Playback/recording through the PulseAudio sound server
hw:CARD=PCH,DEV=0
    HDA Intel PCH, ALC257 Analog
    Direct hardware device without any conversions
plughw:CARD=PCH,DEV=0
    HDA Intel PCH, ALC257 Analog
    Hardware device with all software conversions
sysdefault:CARD=Headset
    Jabra Link 380, USB Audio
    Default Audio Device
dsnoop:CARD=Headset,DEV=0
    Jabra Link 380, USB Audio
    Direct sample snooping device
plughw:CARD=Bare
`;

describe('ALSA', () => {
  it('keeps the devices that convert by themselves, with the name of the card', () => {
    expect(parseAlsaDevices(ALSA)).toEqual([
      { id: 'pulse', name: 'PulseAudio Sound Server', isDefault: false, isMonitor: false },
      {
        id: 'default',
        name: 'Playback/recording through the PulseAudio sound server',
        isDefault: true,
        isMonitor: false,
      },
      {
        id: 'plughw:CARD=PCH,DEV=0',
        name: 'HDA Intel PCH, ALC257 Analog',
        isDefault: false,
        isMonitor: false,
      },
      {
        id: 'sysdefault:CARD=Headset',
        name: 'Jabra Link 380, USB Audio',
        isDefault: false,
        isMonitor: false,
      },
      { id: 'plughw:CARD=Bare', name: 'plughw:CARD=Bare', isDefault: false, isMonitor: false },
    ]);
  });
});

const MAC = JSON.stringify({
  SPAudioDataType: [
    {
      _name: 'coreaudio_device',
      _items: [
        {
          _name: 'MacBook Pro Microphone',
          coreaudio_default_audio_input_device: 'spaudio_yes',
          coreaudio_device_input: 1,
          coreaudio_device_manufacturer: 'Apple Inc.',
          coreaudio_device_srate: 48000,
          coreaudio_device_transport: 'coreaudio_device_type_builtin',
          coreaudio_input_source: 'MacBook Pro Microphone',
        },
        {
          _name: 'MacBook Pro Speakers',
          _properties: 'coreaudio_default_audio_system_device',
          coreaudio_default_audio_output_device: 'spaudio_yes',
          coreaudio_device_output: 2,
        },
        { _name: 'Yeti', coreaudio_device_input: 2, coreaudio_device_output: 2 },
      ],
    },
  ],
});

describe('macOS', () => {
  it('keeps the devices with an input', () => {
    expect(parseMacDevices(MAC)).toEqual([
      { id: 'MacBook Pro Microphone', name: 'MacBook Pro Microphone', isDefault: true, isMonitor: false },
      { id: 'Yeti', name: 'Yeti', isDefault: false, isMonitor: false },
    ]);
  });
});

const WINDOWS = String.raw`[{"FriendlyName":"Speakers (Realtek(R) Audio)","InstanceId":"SWD\\MMDEVAPI\\{0.0.0.00000000}.{A2901F31-DC17-41B7-B0AD-2F77A5F04490}"},{"FriendlyName":"Microphone (Anker PowerConf C200)","InstanceId":"SWD\\MMDEVAPI\\{0.0.1.00000000}.{998B6389-80E3-4E24-9511-1AFDEA804715}"},{"FriendlyName":null,"InstanceId":"SWD\\MMDEVAPI\\{0.0.1.00000000}.{00000000-80E3-4E24-9511-1AFDEA804715}"}]`;

describe('Windows', () => {
  it('keeps what captures, under the name as the multimedia API cuts it', () => {
    expect(parseWindowsDevices(`\uFEFF${WINDOWS}`)).toEqual([
      {
        id: 'Microphone (Anker PowerConf C20',
        name: 'Microphone (Anker PowerConf C200)',
        isDefault: false,
        isMonitor: false,
      },
    ]);
  });

  it('reads a single endpoint, which PowerShell does not put into a list', () => {
    const json = String.raw`{"FriendlyName":"Mic","InstanceId":"SWD\\MMDEVAPI\\{0.0.1.00000000}.{9}"}`;
    expect(parseWindowsDevices(json)).toHaveLength(1);
  });
});

describe('what is not understood', () => {
  it.each(['', 'not json', '{}', 'null', '[1]', '{"SPAudioDataType":1}'])('gives no device: %j', (text) => {
    expect(parsePulseSources(text, '')).toEqual([]);
    expect(parseMacDevices(text)).toEqual([]);
    expect(parseWindowsDevices(text)).toEqual([]);
  });
});
