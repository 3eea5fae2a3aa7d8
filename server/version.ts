/** Which Weft this is. */
import { readFile } from "node:fs/promises";

/** Where package.json stands from here: beside `server`, or above what was compiled. */
const places = ["../package.json", "../../package.json"];

/** The version of package.json; empty where that is nowhere. */
export async function readVersion(): Promise<string> {
	for (const place of places) {
		const text = await readFile(new URL(place, import.meta.url), "utf8").catch(() => null);
		if (text === null) continue;
		const { name, version } = JSON.parse(text) as { name?: unknown; version?: unknown };
		if (name === "weft" && typeof version === "string") return version;
	}
	return "";
}
