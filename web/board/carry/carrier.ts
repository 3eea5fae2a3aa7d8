/** What lies on the system's clipboard: our JSON in a line of HTML, or somebody's plain text. */

import { escapeXml, unescapeXml } from "../svg/svg-text.ts";
import { excalidrawTypes, readExcalidraw } from "./excalidraw.ts";
import {
	boardType,
	carriedLengthMax,
	clipboardLengthMax,
	type Reading,
	readItems,
	refused,
} from "./format.ts";

const attribute = "data-weft-board";
const carried = new RegExp(`\\s${attribute}="([^"]*)"`);

/** The part of a `DataTransfer` that is used. */
export type Clip = Pick<DataTransfer, "getData" | "setData">;

/**
 * Puts items on the clipboard; `words` is what other programs paste. The events of copying do that
 * also over plain http, where browsers give pages no clipboard API.
 *
 * @returns false where they are too many
 */
export function writeClip(clip: Clip, json: string, words: string): boolean {
	if (json.length > clipboardLengthMax) return false;
	const line = `<p ${attribute}="${escapeXml(json)}">${escapeXml(words)}</p>`;
	clip.setData("text/html", `<meta charset="utf-8">${line}`);
	clip.setData("text/plain", words);
	return true;
}

/** What of the board lies there, as it came; null where nothing does. */
export function findClip(clip: Clip): string | null {
	const html = clip.getData("text/html");
	// Never parsed as a page: somebody else's HTML would be looked at by the browser.
	const [, json] = carried.exec(html) ?? [];
	if (json !== undefined) return unescapeXml(json);
	const text = clip.getData("text/plain");
	return isCarried(text) ? text : null;
}

/**
 * What the system's clipboard holds, for those who have no keys; null where the browser, or who
 * sits before it, does not show it. Browsers give it to pages of a secure origin only.
 */
export async function readSystemClip(): Promise<Clip | null> {
	const found = new Map<string, string>();
	try {
		for (const item of await navigator.clipboard.read()) {
			for (const type of item.types.filter((name) => name.startsWith("text/"))) {
				found.set(type, await (await item.getType(type)).text());
			}
		}
	} catch {
		return null; // Over plain http, or where somebody said no: people are told in words.
	}
	return { getData: (type) => found.get(type) ?? "", setData: () => undefined };
}

/** True for a text that says it is a board, ours or Excalidraw's. */
export function isCarried(text: string): boolean {
	const [, type = ""] = /^\s*\{\s*"type"\s*:\s*"([\w/]{1,40})"/.exec(text.slice(0, 200)) ?? [];
	return type === boardType || excalidrawTypes.includes(type);
}

/** Reads a board, ours or Excalidraw's, to its end before anything is done with it. */
export function readCarried(json: string): Reading {
	if (json.length > carriedLengthMax) return refused("tooMuch");
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return refused("damaged"); // Cut short, or no JSON.
	}
	if (typeof value !== "object" || value === null) return refused("damaged");
	const said = value as Readonly<Record<string, unknown>>;
	if (said["type"] === boardType) return readItems(said);
	return excalidrawTypes.includes(String(said["type"])) ? readExcalidraw(said) : refused("damaged");
}
