import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** Builds dist/server where it is stale: a process that is forked cannot load TypeScript. */
export function buildServer(): void {
	execFileSync(join(root, "node_modules/.bin/tsc"), ["-b", "server"], { cwd: root });
}
