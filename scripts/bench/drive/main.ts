/** The client process: pinned to its core by who starts it, told what to do by its argument. */
import { startServersBehind } from "../../converge/systems/process.ts";
import type { Order } from "./order.ts";
import { play } from "./play.ts";

const order = JSON.parse(process.argv[2] ?? "") as Order;
if (order.cores !== null) startServersBehind(["taskset", "-c", String(order.cores.server)]);

// Ended by exit, it takes its servers with it.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, () => process.exit(1));
process.once("disconnect", () => process.exit(1));

const answer = await play(order);
process.send?.(answer, () => process.exit(0));
