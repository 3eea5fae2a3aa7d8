/** The browser of the tests: Debian's Chromium or whatever is there; nothing is downloaded. */
import { canInstall, findProgram, installPackages, isProgram } from "./debian.mjs";
import { say } from "./process.mjs";

/** Chromium that never has a window: the same pages for a quarter less work. Debian has both. */
const shell = "chromium-headless-shell";
const names = [shell, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The path of a Chromium, best one without a window; installs that where we are root and apt is
 * there. Null, with a word about what to do, where there is none.
 */
export async function ensureChromium() {
	const set = process.env.CHROMIUM_PATH;
	// Not every Debian has the first; where any is there the second is not needed.
	for (const [name, wanted] of [
		[shell, [shell]],
		["chromium", names],
	]) {
		if (set || findProgram(wanted) !== null || !canInstall()) continue;
		await installPackages(`installed ${name}`, [name, "fonts-liberation"]);
	}
	const found = set ? (isProgram(set) ? set : null) : findProgram(names);
	if (found === null) say(`no Chromium: set CHROMIUM_PATH, or install one of ${names.join(", ")}`);
	return found;
}
