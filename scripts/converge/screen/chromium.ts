/** Finds a Chromium and starts it, without a window. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * What Chromium is to leave out. It heeds only the last list, so what playwright-core leaves out
 * (its chromiumSwitches.ts) comes again.
 */
const featuresOff = [
	...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
	...["HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"],
	...["ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"],
	...["OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
	// Two pages below the address bar, which no headless window shows: with each new context they
	// took as long as the app.
	...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"],
];

const flags = [
	`--disable-features=${featuresOff.join(",")}`,
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** Starts it, with more flags or none; close it. @throws Error that says what is missing */
export async function launchChromium(moreFlags: readonly string[] = []): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === null) {
		throw new Error(`no Chromium: set CHROMIUM_PATH, or install one of ${names.join(", ")}`);
	}
	const { chromium } = await importPlaywright();
	return chromium.launch({ executablePath, args: [...flags, ...moreFlags] });
}

/** The path of a Chromium: what `CHROMIUM_PATH` says, else the first in the path. */
export function findChromium(): string | null {
	const set = process.env["CHROMIUM_PATH"];
	if (set) return isProgram(set) ? set : null;
	return findProgram(names);
}

/** The path of the first of some programs; null where none of them is installed. */
export function findProgram(names: readonly string[]): string | null {
	// Servers stand where only root looks by itself.
	const folders = [...(process.env["PATH"] ?? "").split(delimiter).filter(Boolean), "/usr/sbin"];
	const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return paths.find(isProgram) ?? null;
}

/** It is a tool of developers: an installed server has none. */
async function importPlaywright(): Promise<typeof import("playwright-core")> {
	try {
		return await import("playwright-core");
	} catch (error) {
		throw new Error("no playwright-core: run npm ci with the development packages", {
			cause: error,
		});
	}
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false; // Not there, or not to be started: both mean "look on".
	}
}
