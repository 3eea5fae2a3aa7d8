/** The client process: pinned to its core by who starts it, told what to do by its argument. */
import { join } from "node:path";
import { pinTo } from "./cores.ts";
import type { Order } from "./order.ts";
import { play } from "./play.ts";
import { startProbedServersBehind } from "./probe.ts";

const order = JSON.parse(process.argv[2] ?? "") as Order;
startProbedServersBehind(pinTo(order.cores?.server), join(order.folder, "probe"));

// Ended by exit, it takes its servers with it.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, () => process.exit(1));
process.once("disconnect", () => process.exit(1));

const answer = await play(order);
process.send?.(answer, () => process.exit(0));
