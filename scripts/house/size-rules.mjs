/** Rules about the size of things and where they stand. */
import { basename, dirname } from "node:path";
import { topLevel } from "./layers.mjs";
import { isCode } from "./tree.mjs";

const linesMax = 400;
const columnsMax = 100;
/** Drawings: the data of a path has no place to break. */
const drawings = [
	"web/ui/icons.ts",
	"web/ui/icons/more.ts",
	"web/ui/icons/page.ts",
	"web/ui/icons/photo.ts",
	"web/ui/icons/text.ts",
];
/** A tab counts as the formatter counts it. */
const tabColumns = 2;
const filesPerFolderMax = 14;
const depthMax = 2;

const vagueNames = /^(utils?|helpers?|common|misc)(\.|$)/;

/** Top level: only what `topLevel` lists. */
export function topRule({ top }) {
	return top
		.filter((name) => !topLevel.includes(name))
		.map((name) => ({ path: name, line: 1, say: "does not belong at the top level" }));
}

/** Files: at most 400 lines of at most 100 columns. */
export function fileRule({ files }) {
	const read = files.filter(({ path }) => /\.(ts|mjs|css|html)$/.test(path));
	return read.flatMap(({ path, text }) => {
		const lines = text.replace(/\n$/, "").split("\n");
		const wide = lines.flatMap((line, lineIndex) => {
			const columns = columnsOf(line);
			if (columns <= columnsMax || drawings.includes(path)) return [];
			return [{ path, line: lineIndex + 1, say: `${columns} columns, at most ${columnsMax}` }];
		});
		if (lines.length <= linesMax) return wide;
		return [...wide, { path, line: linesMax, say: `${lines.length} lines, at most ${linesMax}` }];
	});
}

function columnsOf(line) {
	const tabs = line.match(/^\t*/)?.[0].length ?? 0;
	return Array.from(line).length + tabs * (tabColumns - 1);
}

/** Folders: at most 14 files of code (about 12), two deep; tests go one deeper. */
export function folderRule({ files }) {
	const counts = new Map();
	for (const { path } of files.filter(({ path }) => isCode(path))) {
		counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
	}
	const crowded = [...counts]
		.filter(([, count]) => count > filesPerFolderMax)
		.map(([path, count]) => ({ path, line: 1, say: `${count} files, about 12 at most` }));
	const deep = [...counts.keys()]
		.filter((path) => depthOf(path) > depthMax)
		.map((path) => ({ path, line: 1, say: `more than ${depthMax} folders deep` }));
	return [...crowded, ...deep];
}

function depthOf(path) {
	const [top, ...below] = path.split("/");
	return top === "test" ? below.length - 1 : below.length;
}

/** Names say what something is for; nothing only passes on what others export. */
export function nameRule({ files }) {
	return files.flatMap(({ path, text }) => {
		const vague = path.split("/").some((part) => vagueNames.test(part));
		if (vague) return [{ path, line: 1, say: "a name that says nothing" }];
		if (!/^index\.(ts|mjs)$/.test(basename(path))) return [];
		const rest = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").replace(reExport, "");
		return rest.trim() === "" ? [{ path, line: 1, say: "only re-exports" }] : [];
	});
}

const reExport = /export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s*["'][^"']+["'];?/g;
