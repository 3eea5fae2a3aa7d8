/** What the rules look at: all files of a project that its people wrote, read once. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

const ignored = new Set([".git", "node_modules", "dist", "data", ".cache"]);

/** Kinds of file that have lines people read. */
const textual = /\.(ts|mjs|css|html|md|json)$/;

const statement = /(?:^|\n)[ \t]*(?:import|export)\b(?:[^"'`;()]*?\bfrom)?\s*["']([^"'\n]+)["']/;
const call = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/;
const importing = new RegExp(`${statement.source}|${call.source}`, "g");

/**
 * Reads the tree below `root`.
 *
 * @returns `{ top, files }`: the names at the top, and each file as `{ path, text, imports }`, the
 * path with slashes and from the root, the imports as `{ line, specifier, target }`, where the
 * target is the path of a file of the project, or null
 */
export function readTree(root) {
	const top = readdirSync(root).filter((name) => !ignored.has(name) && !isBuildInfo(name));
	const paths = filesBelow(root, "").filter((path) => !isBuildInfo(path));
	const files = paths.map((path) => readFile(root, path));
	return { top, files };
}

function isBuildInfo(name) {
	return name.endsWith(".tsbuildinfo");
}

function filesBelow(root, folder) {
	const entries = readdirSync(join(root, folder), { withFileTypes: true });
	return entries.flatMap((entry) => {
		const path = posix.join(folder, entry.name);
		if (folder === "" && ignored.has(entry.name)) return [];
		return entry.isDirectory() ? filesBelow(root, path) : [path];
	});
}

function readFile(root, path) {
	if (!textual.test(path)) return { path, text: "", imports: [] };
	const text = readFileSync(join(root, path), "utf8");
	return { path, text, imports: isCode(path) ? importsOf(path, text) : [] };
}

/** True for what is run or compiled. */
export function isCode(path) {
	return /\.(ts|mjs)$/.test(path);
}

function importsOf(path, text) {
	return [...text.matchAll(importing)].map((match) => {
		const specifier = match[1] ?? match[2];
		const start = match.index + match[0].length;
		return { line: lineAt(text, start), specifier, target: targetOf(path, specifier) };
	});
}

function targetOf(path, specifier) {
	if (!specifier.startsWith(".")) return null;
	return posix.join(dirname(path), specifier.replace(/\?.*$/, ""));
}

/** The number of the line that holds the character at `index`; the first one is 1. */
export function lineAt(text, index) {
	return text.slice(0, index).split("\n").length;
}
