/**
 * Quill without what Weft replaces: its history, of which only one function is used, and the keys
 * of tables and lists that we bind otherwise (`replacedBindings`): 1.3 KiB of a first load.
 */
import type { Plugin } from "vite";
import { replacedBindings } from "./replaced-bindings.ts";

/** Bundles it so. */
export function leanQuill(): Plugin {
	return {
		name: "weft-lean-quill",
		transform: {
			filter: { id: /\/quill\/(?:core|modules\/(?:history|keyboard))\.js$/ },
			handler: (code, id) => partOf(id)(code),
		},
	};
}

function partOf(id: string): (code: string) => string {
	if (id.endsWith("/core.js")) return withoutHistory;
	return id.endsWith("/history.js") ? onlyLastChange : withoutBindings;
}

/** Quill's core, which registers no history: `createQuill` does. */
export function withoutHistory(code: string): string {
	const withoutImport = without(code, /^import History from '.*';\n/m);
	return without(withoutImport, /^ {2}'modules\/history': History,\n/m);
}

/** Quill's history module without the history. */
export function onlyLastChange(code: string): string {
	const withoutClass = without(code, /^class History extends Module \{\n.*?^\}\n/ms);
	return without(withoutClass, /History as default, /);
}

/** Quill's keyboard without the bindings that would be told to do nothing. */
export function withoutBindings(code: string): string {
	return replacedBindings.reduce((left, name) => {
		const body = String.raw`(?:make\w+\(.*?\)|\{\n.*?^ {4}\}),?\n`;
		return without(left, new RegExp(`^ {4}(?:'${name}'|${name}): ${body}`, "ms"));
	}, code);
}

/** @throws Error where this is not the Quill that it was written for */
function without(code: string, part: RegExp): string {
	if (!part.test(code)) throw new Error(`Quill has nothing like ${part}`);
	return code.replace(part, "");
}
