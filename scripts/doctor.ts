/** `npm run doctor`: is a data folder whole? See `--help`. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { tellFinding } from "./doctor/finding.ts";
import { help, type Options, readOptions } from "./doctor/options.ts";

const examination = fileURLToPath(new URL("./doctor/examination.js", import.meta.url));

function main(): void {
	const options = readOptions(process.argv.slice(2), { env: process.env, cwd: process.cwd() });
	if (options === null) process.stdout.write(help);
	else examineIn(options);
}

/** Damaged tables can make LevelDB end its process: so it has one of its own. */
function examineIn({ dataDir }: Options): void {
	const args = [examination, ...process.argv.slice(2)];
	const child = spawn(process.execPath, args, { stdio: "inherit" });
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
		process.on(signal, () => child.kill(signal));
	}
	child.on("error", fail);
	child.on("exit", (code, signal) => {
		if (code !== null) process.exit(code);
		if (signal === "SIGABRT" || signal === "SIGSEGV" || signal === "SIGBUS") {
			process.stdout.write(tellFinding({ code: "store_crashed", about: dataDir, detail: signal }));
			process.stdout.write("1 finding: the rest was not looked at\n");
			process.exit(1);
		}
		process.exit(2);
	});
}

function fail(error: unknown): void {
	process.stderr.write(`doctor: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(2);
}

try {
	main();
} catch (error) {
	fail(error);
}
