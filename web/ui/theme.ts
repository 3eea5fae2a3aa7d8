/** Light or dark: the system's, unless a person chose otherwise on this device. */
import type { IconName } from "./icons.ts";

/** What can be chosen. */
export const themes = ["system", "light", "dark"] as const;
/** One of them. */
export type Theme = (typeof themes)[number];

/** What stands for each of them. */
export const themeIcons: Readonly<Record<Theme, IconName>> = {
	system: "contrast",
	light: "sun",
	dark: "moon",
};

const memoryKey = "weft:theme";

/** What was chosen on this device. */
export function chosenTheme(memory: Pick<Storage, "getItem"> | null): Theme {
	const stored = memory?.getItem(memoryKey);
	return themes.find((theme) => theme === stored) ?? "system";
}

/** Shows a theme now, and on this device from now on. */
export function chooseTheme(theme: Theme, memory: Pick<Storage, "setItem"> | null): void {
	memory?.setItem(memoryKey, theme);
	showTheme(theme);
}

/** Puts a theme on the page. */
export function showTheme(theme: Theme): void {
	const root = document.documentElement;
	if (theme === "system") root.removeAttribute("data-theme");
	else root.setAttribute("data-theme", theme);
}

/** The one after it, for a button that goes round. */
export function nextTheme(theme: Theme): Theme {
	return themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
}
