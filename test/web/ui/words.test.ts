/** Every word on screen comes from the table: nothing in the code is shown as it stands. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are code, as it would stand there
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vite";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../fixtures/project.ts";

/** A node of the syntax tree (ESTree). */
interface Node {
	readonly type: string;
	readonly [key: string]: unknown;
}

const shownAttributes = "aria-label|aria-description|aria-roledescription|title|placeholder|alt";
const shownProperties =
	/^(textContent|innerText|innerHTML|title|placeholder|alt|ariaLabel|ariaDescription)$/;
/** Options of our own that end up on screen. */
const shownOptions = /^(text|title|label|detail|words|yes|say|placeholder)$/;
/** What people who develop read, and nobody else. */
const forDevelopers = /^(console|Error|TypeError|RangeError|WeftError)$/;

function isNode(value: unknown): value is Node {
	return typeof value === "object" && value !== null && "type" in value;
}

function childrenOf(node: Node): Node[] {
	return Object.values(node).flat().filter(isNode);
}

/** The name of a string in the table, a key of the keyboard, or letters that are a picture. */
const names = /^[a-z]+(\.\w+)+$|^(Ctrl|Alt|Shift|Esc)\b|^Aa$/;

function hasLetters(text: string): boolean {
	return !names.test(text) && /\p{L}/u.test(text.replace(/&\w+;|\0/g, ""));
}

/** "Two words": what somebody wrote to be read. */
function isProse(text: string): boolean {
	return !names.test(text) && /^\p{Lu}\p{Ll}*[ ,]+\p{L}/u.test(text);
}

/** The parts of a literal or of a template that stand in the code. */
function textsOf(value: unknown): string[] {
	if (!isNode(value)) return [];
	if (value.type === "Literal" && typeof value["value"] === "string") return [value["value"]];
	if (value.type === "ConditionalExpression") {
		return [...textsOf(value["consequent"]), ...textsOf(value["alternate"])];
	}
	if (value.type !== "TemplateLiteral") return [];
	return (value["quasis"] as { value: { cooked: string } }[]).map(
		({ value: { cooked } }) => cooked,
	);
}

/** Text and shown attributes in the markup of an `html` template. */
function wordsInMarkup(markup: string): string[] {
	const attribute = new RegExp(`\\s(?:${shownAttributes})=("[^"]*"|[^\\s">]*)`, "g");
	const tags = markup.match(/<[^>]*>/g) ?? [];
	const inTags = tags.flatMap((tag) => [...tag.matchAll(attribute)].map(([, value = ""]) => value));
	const between = markup.replace(/<!--[\s\S]*?-->/g, "").split(/<[^>]*>/);
	return [...inTags, ...between].filter(hasLetters).map((words) => words.trim());
}

function nameOf(value: unknown): string {
	if (!isNode(value)) return "";
	if (value.type === "MemberExpression") return nameOf(value["property"]);
	return String(value["name"] ?? value["value"] ?? "");
}

/** Words that this one node shows; those of its children are theirs. */
function wordsAt(node: Node): string[] {
	switch (node.type) {
		case "TaggedTemplateExpression":
			if (!/^(html|svg)$/.test(nameOf(node["tag"]))) return [];
			return wordsInMarkup(textsOf(node["quasi"]).join("\0"));
		case "AssignmentExpression":
			if (!shownProperties.test(nameOf(node["left"]))) return [];
			return textsOf(node["right"]).filter(hasLetters);
		case "Property":
			if (!shownOptions.test(nameOf(node["key"]))) return [];
			return textsOf(node["value"]).filter(hasLetters);
		case "CallExpression": {
			const [name, value] = node["arguments"] as unknown[];
			if (nameOf(node["callee"]) !== "setAttribute") return [];
			const isShown = new RegExp(`^(?:${shownAttributes})$`).test(nameOf(name));
			return isShown ? textsOf(value).filter(hasLetters) : [];
		}
		case "Literal":
		case "TemplateLiteral":
			return textsOf(node).filter(isProse);
		default:
			return [];
	}
}

function isForDevelopers(node: Node): boolean {
	if (node.type === "ThrowStatement") return true;
	const { callee } = node as { callee?: Node };
	if (callee === undefined) return false;
	if (callee.type === "Super") return true; // What an error of our own says.
	const object = callee.type === "MemberExpression" ? callee["object"] : callee;
	return forDevelopers.test(nameOf(object));
}

function wordsIn(node: Node): string[] {
	if (isForDevelopers(node)) return [];
	return [...wordsAt(node), ...childrenOf(node).flatMap(wordsIn)];
}

function wordsInCode(code: string): string[] {
	return [...new Set(wordsIn(parseAst(code, { lang: "ts" }) as unknown as Node))];
}

describe("words on screen", () => {
	const paths = readdirSync(join(projectRoot, "web"), { recursive: true, encoding: "utf8" })
		.map((path) => `web/${path.replaceAll("\\", "/")}`)
		.filter(
			(path) =>
				path.endsWith(".ts") &&
				!/^web\/ui\/(messages|board-words|text-words|german|admin)\//.test(path),
		);

	test("come from the table in all of the app's code", () => {
		expect(paths.length).toBeGreaterThan(100);
		const found = paths.flatMap((path) =>
			wordsInCode(readFileSync(join(projectRoot, path), "utf8")).map(
				(words) => `${path}: ${words}`,
			),
		);
		expect(found).toEqual([]);
	});

	test.each([
		"html`<p>Hello</p>`",
		"html`<p>${name} is here</p>`",
		'html`<button aria-label="Close">${x}</button>`',
		"html`<input placeholder=Name />`",
		'html`<a title="To ${x}"></a>`',
		'field.placeholder = "Name";',
		"document.title = `${title} · Weft`;",
		'field.setAttribute("aria-label", "Name");',
		'showToast({ text: "Gone" });',
		'showToast({ text: isGone ? "Gone" : t("frame.close") });',
		'const words = "Not saved yet";',
	])("are found where they stand in %s", (code) => {
		expect(wordsInCode(code)).not.toEqual([]);
	});

	test.each([
		"html`<p class=${name}>${t('frame.close')}&nbsp;· 12</p>`",
		'html`<button class="Button is-big" aria-label=${t("frame.close")}>+</button>`',
		'console.warn("This goes wrong:", error);',
		'throw new Error("Not the page of this build");',
		'field.setAttribute("class", "one two");',
		'showToast({ text: t("frame.close") });',
		'const tool = { text: "board.undo" };',
		'class Gone extends Error { constructor() { super("It is gone"); } }',
	])("are not taken for what stands in %s", (code) => {
		expect(wordsInCode(code)).toEqual([]);
	});
});
