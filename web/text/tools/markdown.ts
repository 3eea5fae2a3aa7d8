/** Applies Markdown while typing, by the text and not by keys: on-screen keyboards have none. */
import type Quill from "quill/core";
import { Delta } from "quill/core";
import {
	type LineRule,
	lineRuleOf,
	type MarkRule,
	markRuleOf,
	typedLinkOf,
} from "./markdown-rules.ts";

/** Longest piece of a line that the rules look at. */
const lookBackMax = 400;

/** Applies the rules to what the person types from now on. */
export function listenToMarkdown(quill: Quill): void {
	quill.on("text-change", (delta, _old, source) => {
		if (source !== "user") return;
		const typed = typedAt(delta);
		if (typed !== null) applyRules(quill, typed);
	});
}

interface Typed {
	readonly char: string;
	/** The caret behind it. */
	readonly index: number;
}

/** The one character that a change put in; null where the change is anything else. */
function typedAt(delta: Delta): Typed | null {
	let index = 0;
	let char: string | null = null;
	for (const op of delta.ops) {
		if (op.delete !== undefined || (op.retain !== undefined && char !== null)) return null;
		if (typeof op.retain === "number") index += op.retain;
		if (op.insert === undefined) continue;
		if (typeof op.insert !== "string" || op.insert.length !== 1 || char !== null) return null;
		char = op.insert;
	}
	return char === null ? null : { char, index: index + 1 };
}

function applyRules(quill: Quill, typed: Typed): void {
	if (!" \u00a0*_`~\n".includes(typed.char)) return;
	const formats = quill.getFormat(typed.index - 1, 1);
	if (formats["code-block"] || formats["code"]) return;
	if (typed.char === "\n") {
		// Quill puts the caret behind the new line once this is over.
		queueMicrotask(() => fence(quill, typed.index));
		return;
	}
	const before = textBefore(quill, typed.index);
	if (typed.char === " " || typed.char === "\u00a0") applySpaceRules(quill, typed.index, before);
	const rule = markRuleOf(before);
	if (rule !== null) formatWords(quill, typed.index, rule);
}

function applySpaceRules(quill: Quill, index: number, before: string): void {
	const rule = lineRuleOf(before);
	if (rule !== null) formatLine(quill, index, rule);
	else linkWord(quill, index, before);
}

/** The text of the line up to `index`; an embed is one character that no rule knows. */
function textBefore(quill: Quill, index: number): string {
	const [line, offset] = quill.getLine(index);
	if (line === null) return "";
	const length = Math.min(offset, lookBackMax);
	const ops = quill.getContents(index - length, length).ops;
	const text = ops.map((op) => (typeof op.insert === "string" ? op.insert : "\ufffc")).join("");
	return (length < offset ? "\ufffc" : "") + text.replaceAll("\u00a0", " ");
}

function formatLine(quill: Quill, index: number, rule: LineRule): void {
	const [line, offset] = quill.getLine(index);
	if (line === null) return;
	quill.history.cutoff();
	const delta = new Delta()
		.retain(index - rule.length)
		.delete(rule.length)
		.retain(line.length() - 1 - offset)
		.retain(1, { [rule.name]: rule.value });
	quill.updateContents(delta, "user");
	quill.setSelection(index - rule.length, 0, "silent");
	quill.history.cutoff();
}

/** Three backticks and Enter begin a block of code. */
function fence(quill: Quill, index: number): void {
	const before = textBefore(quill, index - 1);
	if (!/^```[a-z]*$/.test(before)) return;
	quill.history.cutoff();
	const start = index - 1 - before.length;
	const delta = new Delta()
		.retain(start)
		.delete(before.length + 1)
		.retain(lengthOfRest(quill, index))
		.retain(1, { "code-block": true });
	quill.updateContents(delta, "user");
	quill.setSelection(start, 0, "silent");
	quill.history.cutoff();
}

function lengthOfRest(quill: Quill, index: number): number {
	const [line, offset] = quill.getLine(index);
	return line === null ? 0 : line.length() - 1 - offset;
}

function formatWords(quill: Quill, index: number, rule: MarkRule): void {
	quill.history.cutoff();
	const { length, markLength } = rule;
	const delta = new Delta()
		.retain(index - length)
		.delete(markLength)
		.retain(length - 2 * markLength, { [rule.name]: true })
		.delete(markLength);
	quill.updateContents(delta, "user");
	quill.setSelection(index - 2 * markLength, 0, "silent");
	quill.format(rule.name, false, "user");
	quill.history.cutoff();
}

function linkWord(quill: Quill, index: number, before: string): void {
	const link = typedLinkOf(before);
	if (link === null) return;
	const start = index - before.length + before.lastIndexOf(link);
	if (quill.getFormat(start, link.length)["link"] !== undefined) return;
	quill.formatText(start, link.length, { link }, "user");
}
