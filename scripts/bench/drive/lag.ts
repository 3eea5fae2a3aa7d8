/** How long a server's event loop stood still: Weft says it of itself, the others do not. */
import type { ServerProcess } from "../../converge/systems/system.ts";
import type { Contestant } from "./stage.ts";

const metric = /^nodejs_eventloop_lag_p99_seconds ([\d.e+-]+)$/m;

/** The 99th percentile since it was last asked, in milliseconds; NaN where that is not said. */
export async function eventLoopLagMs(
	{ system }: Contestant,
	server: ServerProcess,
): Promise<number> {
	if (system.dialect !== "weft") return Number.NaN;
	const response = await fetch(`${server.origin}/metrics`);
	const found = metric.exec(await response.text());
	return found === null ? Number.NaN : Number(found[1]) * 1000;
}
