/**
 * The rules of the house that no other tool checks: sizes, layers, circles, comments, leftovers.
 * `node scripts/house.mjs [FOLDER]` prints one line for each break and fails where there is one.
 */
import { circleRule, layerRule, packageRule } from "./house/import-rules.mjs";
import { fileRule, folderRule, nameRule, topRule } from "./house/size-rules.mjs";
import { classRule, commentRule, leftoverRule, promiseRule } from "./house/text-rules.mjs";
import { readTree } from "./house/tree.mjs";
import { root } from "./steps/process.mjs";

const rules = [
	topRule,
	fileRule,
	folderRule,
	nameRule,
	layerRule,
	packageRule,
	circleRule,
	commentRule,
	leftoverRule,
	classRule,
	promiseRule,
];

const tree = readTree(process.argv[2] ?? root);
const breaks = rules.flatMap((rule) => rule(tree));
for (const { path, line, say } of breaks) console.log(`${path}:${line} ${say}`);
process.exitCode = breaks.length === 0 ? 0 : 1;
