/** The browser of the tests: Debian's Chromium or whatever is there; nothing is downloaded. */
import { canInstall, findProgram, installPackages, isProgram } from "./debian.mjs";
import { say } from "./process.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The path of a Chromium; installs it where we are root and apt is there. Null, with a word about
 * what to do, where there is none.
 */
export async function ensureChromium() {
	const found = findChromium();
	if (found !== null) return found;
	if (process.env.CHROMIUM_PATH || !canInstall()) {
		say(`no Chromium: set CHROMIUM_PATH, or install one of ${names.join(", ")}`);
		return null;
	}
	await installPackages("installed Chromium", ["chromium", "fonts-liberation"]);
	return findChromium();
}

function findChromium() {
	const set = process.env.CHROMIUM_PATH;
	if (set) return isProgram(set) ? set : null;
	return findProgram(names);
}
