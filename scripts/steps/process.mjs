/** Programs and words: how every script starts what it needs and says what it does. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, without a slash at the end. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Who started us; another one as soon as that one has ended. */
const parent = process.ppid;
const parentLookMs = 200;

/** A failure whose message is all that a person needs; no stack is shown. */
export class StepError extends Error {}

/** Says one line about what is done. Not on stdout: that belongs to what is started. */
export function say(line) {
	process.stderr.write(`${line}\n`);
}

/** Ends with the sentence of a `StepError`, or loudly with whatever else it was. */
export function fail(error) {
	say(error instanceof StepError ? error.message : (error?.stack ?? String(error)));
	process.exitCode = 1;
}

/** Runs `work`, then says `done` and the time it took; gives what `work` gave. */
export async function timed(done, work) {
	const startMs = performance.now();
	const result = await work();
	say(`${done} in ${seconds(performance.now() - startMs)}`);
	return result;
}

/** A time as people read it: `2.1 s`. */
export function seconds(ms) {
	return `${(ms / 1000).toFixed(1)} s`;
}

/** The arguments that make Node run a tool of node_modules, `bin` being its file. */
export function tool(bin, ...args) {
	return [join(root, "node_modules", bin), ...args];
}

/**
 * Runs a program to its end, quietly; gives what it wrote.
 *
 * @throws StepError with all that the program wrote, where it fails
 */
export async function run(command, args, options = {}) {
	const { code, output } = await capture(command, args, options);
	if (code === 0) return output;
	const hint = /native binding|Unable to resolve|Cannot find module '@/.test(output)
		? "\nA binary for this machine is missing. This fetches it: npm ci --include=optional"
		: "";
	throw new StepError(`${output.trim()}\n\n${nameOf(command, args)} failed.${hint}`);
}

/** Runs a program to its end; gives its exit code and what it wrote on both streams. */
export function capture(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const stdio = ["ignore", "pipe", "pipe"];
		const child = spawn(command, args, { cwd: root, stdio, ...options });
		const letGo = passSignals(child);
		let output = "";
		const keep = (text) => {
			output += text;
		};
		child.stdout.setEncoding("utf8").on("data", keep);
		child.stderr.setEncoding("utf8").on("data", keep);
		child.on("error", reject);
		child.on("close", (code) => {
			letGo();
			resolve({ code: code ?? 1, output });
		});
	});
}

/**
 * Runs a Node program in the place of this one: its streams, signals and exit code are ours.
 * `nodeArgs` are options of Node's own.
 */
export function handOver(script, args, nodeArgs = []) {
	// LevelDB's synced writes and file reads share a pool of threads, which must be sized before
	// Node starts: four, its default, are too few beside them.
	const env = { UV_THREADPOOL_SIZE: "8", ...process.env };
	const all = [...nodeArgs, join(root, script), ...args];
	const child = spawn(process.execPath, all, { stdio: "inherit", env });
	passSignals(child);
	if (process.env.npm_lifecycle_event) endWithParent(child);
	child.on("error", fail);
	child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/**
 * npm passes SIGTERM only to the shell between it and us, which dies of it and tells nobody. So
 * whoever stops npm would leave us behind: we end when the parent is gone.
 */
function endWithParent(child) {
	const look = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(look);
		child.kill("SIGTERM");
	}, parentLookMs);
}

/** Sends to `child` what is sent to us, until the function that it returns is called. */
function passSignals(child) {
	const signals = ["SIGTERM", "SIGINT", "SIGHUP"];
	const pass = (signal) => child.kill(signal);
	for (const signal of signals) process.on(signal, pass);
	return () => {
		for (const signal of signals) process.off(signal, pass);
	};
}

function nameOf(command, args) {
	const words = [command === process.execPath ? "node" : command, ...args];
	return words.map((word) => (word.startsWith(root) ? relative(root, word) : word)).join(" ");
}
