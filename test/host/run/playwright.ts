import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The part of playwright-core that the tests use. The package lives in the cache beside code-server, not among the
 * dependencies, so its own types are not at hand.
 */
export interface Chromium {
  launch(options: { executablePath: string; headless: boolean; args: readonly string[] }): Promise<Browser>;
}

export interface Browser {
  newPage(options: {
    viewport: { width: number; height: number };
    deviceScaleFactor?: number;
  }): Promise<Page>;
  close(): Promise<void>;
}

/** What a frame shows, as soon as the frame is there. */
export interface FrameLocator {
  frameLocator(selector: string): FrameLocator;
  getByRole(role: 'heading', options: { name: string }): Locator;
}

export interface Page {
  readonly mouse: { move(x: number, y: number): Promise<void> };
  readonly keyboard: {
    press(key: string): Promise<void>;
    type(text: string): Promise<void>;
    /** Once more while a key is down: it repeats, as a held one does. */
    down(key: string): Promise<void>;
    up(key: string): Promise<void>;
  };
  /** Runs in the page before anything of it does, whenever it is loaded. */
  addInitScript(script: { content: string }): Promise<void>;
  goto(url: string): Promise<unknown>;
  waitForEvent(event: 'load', options?: { timeout?: number }): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  locator(selector: string): Locator;
  frameLocator(selector: string): FrameLocator;
  getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
  evaluate<T>(code: string): Promise<T>;
  exposeFunction(name: string, callback: (...args: never[]) => unknown): Promise<void>;
  on(event: 'console', listener: (message: { text(): string; type(): string }) => void): void;
  setContent(html: string): Promise<void>;
  /** Answers the picture as PNG. */
  screenshot(options: {
    path?: string;
    clip?: { x: number; y: number; width: number; height: number };
    /** One pixel for one of the page (`css`), or for one of the device. */
    scale?: 'css' | 'device';
    omitBackground?: boolean;
  }): Promise<Buffer>;
}

/** Waiting is in milliseconds; a locator that is not satisfied in time rejects. */
export interface Locator {
  filter(options: { has?: Locator; hasText?: string | RegExp }): Locator;
  locator(selector: string): Locator;
  getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
  first(): Locator;
  nth(index: number): Locator;
  count(): Promise<number>;
  click(options?: { timeout?: number }): Promise<void>;
  hover(): Promise<void>;
  fill(text: string): Promise<void>;
  waitFor(options?: {
    state?: 'visible' | 'hidden' | 'attached' | 'detached';
    timeout?: number;
  }): Promise<void>;
  isVisible(): Promise<boolean>;
  textContent(options?: { timeout?: number }): Promise<string | null>;
  allTextContents(): Promise<string[]>;
  inputValue(): Promise<string>;
  getAttribute(name: string, options?: { timeout?: number }): Promise<string | null>;
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
}

/** Loads the package from its folder in the cache. */
export function loadChromium(playwrightFolder: string): Chromium {
  const require = createRequire(path.join(playwrightFolder, 'package.json'));
  const { chromium } = require(playwrightFolder) as { chromium: Chromium };
  return chromium;
}
