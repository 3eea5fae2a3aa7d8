import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
	dropFolder,
	linkPackages,
	makeFolder,
	projectRoot,
	writeTree,
} from "../fixtures/project.ts";

const longBody = Array.from({ length: 61 }, (_, index) => `\tconsole.log(${index});`).join("\n");
const knots = "\tif (a) {\n".repeat(8) + "\t}\n".repeat(8);

/** Each rule that `biome.json` turns on for our style, and a file that breaks it. */
const planted: Record<string, string> = {
	noExcessiveCognitiveComplexity: `export function f(a: boolean): void {\n${knots}}\n`,
	noExcessiveLinesPerFunction: `export function f(): void {\n${longBody}\n}\n`,
	useMaxParams: "export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e;\n",
	noExplicitAny: "export const a: any = 1;\n",
	noEmptyBlockStatements: "try {\n\tconsole.log(1);\n} catch {}\n",
	noNonNullAssertion: "export const f = (a: string | null) => a!.length;\n",
	useImportType: 'import { T } from "./types.ts";\nexport const a: T = 1;\n',
	noParameterProperties: "export class A {\n\tconstructor(readonly a: number) {}\n}\n",
	noEnum: "export enum A {\n\tOne = 1,\n}\n",
	useImportExtensions: 'import { one } from "./types";\nexport const a = one;\n',
	noUnusedImports: 'import { one } from "./types.ts";\n',
	noUnusedVariables: "const one = 1;\n",
	noFloatingPromises: "async function f(): Promise<void> {}\nf();\n",
};

let folder: string;
let report: string;

beforeAll(() => {
	folder = makeFolder();
	for (const file of ["biome.json", ".gitignore"])
		cpSync(join(projectRoot, file), join(folder, file));
	linkPackages(folder);
	writeTree(folder, { "types.ts": "export type T = number;\nexport const one = 1;\n" });
	for (const [rule, text] of Object.entries(planted)) writeTree(folder, { [`${rule}.ts`]: text });
	const biome = join(folder, "node_modules/@biomejs/biome/bin/biome");
	const args = [biome, "lint", "--reporter=github", "--max-diagnostics=none"];
	report = String(spawnSync(process.execPath, args, { cwd: folder }).stdout);
});

afterAll(() => dropFolder(folder));

test.each(Object.keys(planted))("Biome's %s fires, as an error", (rule) => {
	const line = new RegExp(`^::error title=lint/\\w+/${rule},file=\\S*/${rule}\\.ts,`, "m");
	expect(report).toMatch(line);
});
