/** Quill as the app bundles it, against the files of the Quill that is installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
	onlyLastChange,
	withoutBindings,
	withoutHistory,
} from "../../../../web/text/lean/quill.ts";
import { replacedBindings } from "../../../../web/text/lean/replaced-bindings.ts";
import { projectRoot } from "../../../fixtures/project.ts";

function quill(file: string): string {
	return readFileSync(join(projectRoot, "node_modules/quill", file), "utf8");
}

/** Names of the bindings that a keyboard module begins with. */
function bindingsOf(code: string): string[] {
	const [, table = ""] =
		/^const defaultOptions = \{\n {2}bindings: \{\n(.*?)^ {2}\}/ms.exec(code) ?? [];
	return [...table.matchAll(/^ {4}(?:'([^']+)'|(\w+)): /gm)].map(([, quoted, plain]) =>
		String(quoted ?? plain),
	);
}

test("the keyboard loses the bindings that are replaced, and no other", () => {
	const code = quill("modules/keyboard.js");
	const all = bindingsOf(code);
	expect(all).toEqual(expect.arrayContaining([...replacedBindings]));
	const kept = bindingsOf(withoutBindings(code));
	expect(kept).toEqual(all.filter((name) => !replacedBindings.includes(name)));
	expect(kept).toContain("checklist enter");
	expect(kept).toContain("embed left shift");
});

test("everything else of the keyboard stays, letter by letter", () => {
	const code = quill("modules/keyboard.js");
	const before = code.slice(0, code.indexOf("const defaultOptions"));
	const after = code.slice(code.indexOf("Keyboard.DEFAULTS"));
	const lean = withoutBindings(code);
	expect(lean.startsWith(before)).toBe(true);
	expect(lean.endsWith(after)).toBe(true);
});

test("the core registers all its modules but the history", () => {
	const names = (code: string) => [...code.matchAll(/'modules\/(\w+)'/g)].map(([, name]) => name);
	const code = quill("core.js");
	const lean = withoutHistory(code);
	expect(names(lean)).toEqual(names(code).filter((name) => name !== "history"));
	expect(lean).not.toContain("History");
});

test("of the history what tells where the last change was stays", () => {
	const lean = onlyLastChange(quill("modules/history.js"));
	expect(lean).toContain("function getLastChangeIndex");
	expect(lean).toMatch(/export \{ getLastChangeIndex \};/);
	expect(lean).not.toContain("class History");
});

test("another Quill than the one it was written for is refused", () => {
	for (const make of [withoutHistory, onlyLastChange, withoutBindings]) {
		expect(() => make("export default class {}")).toThrow("Quill has nothing like");
	}
});
