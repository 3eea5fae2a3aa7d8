/** How many connections each network has: one that opens thousands leaves no room to others. */
import { networkOf } from "./address.ts";

/** See the head of this file. */
export class Connections {
	readonly #counts = new Map<string, number>();

	/** One more from that address; gives how many its network has now. */
	add(address: string): number {
		const network = networkOf(address);
		const count = this.countOf(address) + 1;
		this.#counts.set(network, count);
		return count;
	}

	/** One less. */
	remove(address: string): void {
		const left = this.countOf(address) - 1;
		if (left > 0) this.#counts.set(networkOf(address), left);
		else this.#counts.delete(networkOf(address));
	}

	/** How many the network of that address has. */
	countOf(address: string): number {
		return this.#counts.get(networkOf(address)) ?? 0;
	}
}
