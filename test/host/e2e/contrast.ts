/** Colours as `getComputedStyle` gives them: `rgb(…)` or `rgba(…)`, channels 0…255, alpha 0…1. */

type Channels = readonly [red: number, green: number, blue: number, alpha: number];

function channels(color: string): Channels {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha];
}

/** Relative luminance 0…1 (WCAG 2.2) of opaque channels. */
function luminance([red, green, blue]: readonly [number, number, number]): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast ratio 1…21 (WCAG 2.2) of `color`, drawn with `opacity`, on an opaque `background`. */
export function contrast(color: string, background: string, opacity = 1): number {
  const [r, g, b, a] = channels(color);
  const [backRed, backGreen, backBlue] = channels(background);
  const alpha = a * opacity;
  const blend = (over: number, under: number) => over * alpha + under * (1 - alpha);
  const drawn = luminance([blend(r, backRed), blend(g, backGreen), blend(b, backBlue)]);
  const behind = luminance([backRed, backGreen, backBlue]);
  return (Math.max(drawn, behind) + 0.05) / (Math.min(drawn, behind) + 0.05);
}
