/**
 * Yjs with one encoding. It has two; we speak the first, and take along the second for what waits
 * inside of it for updates that are still missing. With the first in its place nothing that leaves
 * a doc is different, and a first load is 1.3 KiB less.
 */
import type { Plugin } from "vite";

/** The four classes of the second encoding, each from its first line to its last. */
const secondEncoding = /^class (\w+)V2(?: extends \w+)? \{\n.*?^\}$/gms;
const classCount = 4;

/** Bundles it so. */
export function leanYjs(): Plugin {
	return {
		name: "weft-lean-yjs",
		transform: {
			filter: { id: /\/yjs\/dist\/yjs\.mjs$/ },
			handler: withOneEncoding,
		},
	};
}

/** @throws Error where this is not the Yjs that it was written for */
export function withOneEncoding(code: string): string {
	const found = code.match(secondEncoding)?.length ?? 0;
	if (found !== classCount) throw new Error(`Yjs has ${found} classes of its second encoding`);
	return code.replace(secondEncoding, "const $1V2 = $1V1;");
}
