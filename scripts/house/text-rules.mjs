/** Rules about what stands in the files: comments and what must not stay. */
import { dirname } from "node:path/posix";
import { isCode, lineAt } from "./tree.mjs";

const words = ["default", "declare", "async", "abstract"].map((word) => `(?:${word} )?`).join("");
const kinds = "function\\*?|class|const|let|interface|type";
const exporting = new RegExp(`^export ${words}(?:${kinds}) (\\w+)`, "gm");

/** Every export carries a comment; further signatures of one function share the first one's. */
export function commentRule({ files }) {
	return files.flatMap(({ path, text }) => {
		if (!isCode(path)) return [];
		const seen = new Set();
		return [...text.matchAll(exporting)].flatMap((match) => {
			const name = match[1];
			const isNew = !seen.has(name);
			seen.add(name);
			if (!isNew || isCommented(text.slice(0, match.index))) return [];
			return [{ path, line: lineAt(text, match.index), say: `${name} has no comment` }];
		});
	});
}

function isCommented(before) {
	const lines = before.trimEnd().split("\n");
	while (/^@|^\/\/ biome-ignore/.test(lines.at(-1) ?? "")) lines.pop();
	return (lines.at(-1) ?? "").trimEnd().endsWith("*/");
}

/** Nothing is left for later, and no test is switched off or run alone. */
export function leftoverRule({ files }) {
	return files.flatMap(({ path, text }) => {
		if (!isCode(path) && !path.endsWith(".css")) return [];
		return leftovers.flatMap(({ pattern, say }) =>
			[...text.matchAll(pattern)].map((match) => ({ path, line: lineAt(text, match.index), say })),
		);
	});
}

/** Written so that this file does not find itself. */
const leftovers = [
	{ pattern: /\b(?:TO[D]O|FIX[M]E|X[X]X)\b/g, say: "something left for later" },
	{
		pattern: /\b(?:describe|test|it|suite)(?:\.\w+)*\.(?:only|skip|todo|fails)\b/g,
		say: "a test that is switched off or runs alone",
	},
];

/** What sheets of two folders lay out under one name looks right only until both are loaded. */
export function classRule({ files }) {
	const owners = new Map();
	return files.flatMap(({ path, text }) => {
		if (!path.startsWith("web/") || !path.endsWith(".css")) return [];
		return [...text.matchAll(/(?<!,\n)^\.([\w-]+) \{/gm)].flatMap((match) => {
			const name = match[1];
			const owner = owners.get(name) ?? path;
			owners.set(name, owner);
			if (dirname(owner) === dirname(path)) return [];
			return [{ path, line: lineAt(text, match.index), say: `.${name} belongs to ${owner}` }];
		});
	});
}

/** SECURITY.md promises nothing without a test: each row of its table names some that are there. */
export function promiseRule({ files }) {
	const path = "SECURITY.md";
	const text = files.find((file) => file.path === path)?.text ?? "";
	const paths = new Set(files.flatMap((file) => [file.path, ...foldersAbove(file.path)]));
	return text.split("\n").flatMap((row, rowIndex) => {
		const tests = row.split(" | ")[2];
		if (!row.startsWith("| ") || tests === undefined || /^\| (?:threat|---) \|/.test(row))
			return [];
		const named = tests.match(/\btest\/[\w./-]*\w/g) ?? [];
		const line = rowIndex + 1;
		if (named.length === 0) return [{ path, line, say: "a promise without a test" }];
		const gone = named.filter((name) => !paths.has(name));
		return gone.map((name) => ({ path, line, say: `${name} is not there` }));
	});
}

function foldersAbove(path) {
	const parts = path.split("/");
	return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
