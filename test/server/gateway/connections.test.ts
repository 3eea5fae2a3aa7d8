import { expect, test } from "vitest";
import { Connections } from "../../../server/gateway/connections.ts";

test("connections are counted by network, and forgotten with the last", () => {
	const connections = new Connections();
	expect(connections.add("203.0.113.7")).toBe(1);
	expect(connections.add("::ffff:203.0.113.7")).toBe(2);
	expect(connections.add("2001:db8:1:2::1")).toBe(1);
	expect(connections.add("2001:db8:1:2::2")).toBe(2);
	expect(connections.add("2001:db8:1:3::1")).toBe(1);
	connections.remove("203.0.113.7");
	expect(connections.countOf("203.0.113.7")).toBe(1);
	connections.remove("203.0.113.7");
	connections.remove("203.0.113.7");
	expect(connections.countOf("203.0.113.7")).toBe(0);
	expect(connections.add("203.0.113.7")).toBe(1);
});
