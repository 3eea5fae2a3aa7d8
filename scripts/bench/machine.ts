/** What everything ran on: figures say little without it. */
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";

const gib = 1024 ** 3;

/** Node, processor, memory and system in one line. */
export function machineWords(): string {
	const model = cpus()[0]?.model.replace(/\s+/g, " ").trim() ?? "";
	const cores = availableParallelism();
	return [
		`Node ${process.versions.node}`,
		`${cores} ${cores === 1 ? "core" : "cores"}${model === "" ? "" : ` of ${model}`}`,
		`${Math.round(totalmem() / gib)} GiB`,
		`${platform()} ${arch()}`,
	].join(", ");
}
