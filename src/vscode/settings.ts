import { Observable } from 'rxjs';
import * as vscode from 'vscode';
import type { ListeningOptions } from '../core/session-types';
import { SETTINGS, type Setting, type SettingName, type Settings } from './setting-list';

/** The prefix of all our settings. */
export const SECTION = 'tandem';

/** Reads every setting as it is now. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const entries = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const setting: Setting<unknown> = SETTINGS[name];
    const value = setting.userOnly ? configuration.inspect(name)?.globalValue : configuration.get(name);
    return [name, setting.read(value)] as const;
  });
  return Object.fromEntries(entries) as Settings;
}

/** Emits whenever one of these settings changes; silent otherwise. */
export function settingChanges(...names: readonly SettingName[]): Observable<void> {
  return new Observable((subscriber) => {
    const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (names.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) subscriber.next();
    });
    return () => subscription.dispose();
  });
}

/** The settings of the listening stage in the shape that a session takes. */
export function listeningOptions(settings: Settings): ListeningOptions {
  return {
    gain: {
      enabled: settings['listening.gain.enabled'],
      targetPeak: settings['listening.gain.targetPeak'],
      maxGain: settings['listening.gain.max'],
    },
    gate: {
      enabled: settings['listening.gate.enabled'],
      threshold: settings['listening.gate.threshold'],
    },
    vad: {
      on: settings['listening.speech.on'],
      // Hysteresis: speech must not end at a higher probability than it begins.
      off: Math.min(settings['listening.speech.off'], settings['listening.speech.on']),
      onsetFrames: settings['listening.speech.onsetFrames'],
      preRollMs: settings['listening.preRoll'],
      pauseMs: settings['listening.pause'],
      endMs: Math.max(settings['listening.endOfUtterance'], settings['listening.pause']),
      splitMs: settings['listening.longestUtterance'],
      splitSearchMs: settings['listening.splitSearch'],
      stopTailMs: settings['listening.stopTail'],
    },
  };
}
