/** `node scripts/run.mjs NAME …`: builds what is stale, then runs scripts/NAME.ts. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { prepare } from "./steps/prepare.mjs";
import { fail, handOver, root, StepError } from "./steps/process.mjs";

const [name = "", ...args] = process.argv.slice(2);

try {
	const isName = /^[a-z][a-z/-]*$/.test(name) && existsSync(join(root, "scripts", `${name}.ts`));
	if (!isName) throw new StepError(`There is no scripts/${name}.ts.`);
	await prepare("server", "web", "scripts");
	handOver(`dist/scripts/${name}.js`, args);
} catch (error) {
	fail(error);
}
