/** What is built, from which sources, and when it is stale. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { compressFolder } from "./compress.mjs";
import { root, run, StepError, timed, tool } from "./process.mjs";
import { stampOf } from "./stamp.mjs";

const products = {
	server: {
		done: "built the server",
		sources: ["shared", "server", "tsconfig.json"],
		output: "dist/server/main.js",
		build: () => compile("server"),
	},
	web: {
		done: "built the app",
		sources: ["shared", "web", "scripts/steps/compress.mjs"],
		output: "dist/web/index.html",
		build: buildWeb,
	},
	scripts: {
		done: "built the scripts",
		sources: ["shared", "server", "scripts", "test/planted", "tsconfig.json"],
		output: "dist/scripts",
		// The servers of `converge --self-test`, and with them all scripts.
		build: () => compile("test/planted"),
	},
};

/**
 * Builds those of `server`, `web` and `scripts` whose sources changed since they were built.
 *
 * @throws StepError with what the compiler said
 */
export async function ensureBuilt(names) {
	for (const name of names) {
		if (!Object.hasOwn(products, name)) throw new StepError(`Nothing is called ${name}.`);
		const { done, sources, output, build } = products[name];
		const stamp = stampOf(name, hashOf([...sources, "package-lock.json"]));
		if (stamp.isFresh() && existsSync(join(root, output))) continue;
		stamp.remove();
		await timed(done, async () => {
			await build();
			stamp.write();
		});
	}
}

function compile(folder) {
	return run(process.execPath, tool("typescript/bin/tsc", "-b", folder));
}

async function buildWeb() {
	// Whatever surrounds us, a test runner say, must not make it a build for developers.
	const env = { ...process.env, NODE_ENV: "production" };
	const args = tool("vite/bin/vite.js", "build", "web", "--logLevel", "warn");
	await run(process.execPath, args, { env });
	await compressFolder(join(root, "dist/web"));
}

/** Names and contents of the given files and folders as one hash: a checkout changes times. */
function hashOf(paths) {
	const hash = createHash("sha256");
	for (const path of paths.flatMap((path) => filesOf(join(root, path)))) {
		hash
			.update(`${relative(root, path)}\0`)
			.update(readFileSync(path))
			.update("\0");
	}
	return hash.digest("hex");
}

function filesOf(path) {
	if (/\.\w+$/.test(path)) return [path];
	const names = readdirSync(path).sort();
	return names.flatMap((name) => filesOf(join(path, name)));
}
