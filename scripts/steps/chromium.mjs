/** The browser of the tests: Debian's Chromium or whatever is there; nothing is downloaded. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run, StepError, say, timed } from "./process.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The path of a Chromium; installs it where we are root and apt is there. Null, with a word about
 * what to do, where there is none.
 */
export async function ensureChromium() {
	const found = findChromium();
	if (found !== null) return found;
	if (!canInstall()) {
		say(`no Chromium: set CHROMIUM_PATH, or install one of ${names.join(", ")}`);
		return null;
	}
	try {
		await timed("installed Chromium", install);
	} catch (error) {
		if (!(error instanceof StepError)) throw error;
		say(error.message);
	}
	return findChromium();
}

function findChromium() {
	const set = process.env.CHROMIUM_PATH;
	if (set) return isProgram(set) ? set : null;
	const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
	const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return paths.find(isProgram) ?? null;
}

function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false; // Not there, or not to be started: both mean "look on".
	}
}

function canInstall() {
	const hasApt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
	return hasApt && process.getuid?.() === 0 && !process.env.CHROMIUM_PATH;
}

async function install() {
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	await run("apt-get", ["update"], { env });
	const packages = ["chromium", "fonts-liberation"];
	await run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env });
}
