import { expect, test } from "vitest";
import { Slideshow, showMs } from "../../../../web/photos/viewer/slideshow.ts";
import { handClock } from "../../sync/hand-clock.ts";

function show() {
	const clock = handClock();
	const told: string[] = [];
	const slideshow = new Slideshow({
		clock,
		next: () => told.push("next"),
		changed: () => told.push(slideshow.isOn ? "on" : "off"),
	});
	return { clock, told, slideshow };
}

test("each photo has its time, until somebody stops the show", () => {
	const { clock, told, slideshow } = show();
	slideshow.start();
	slideshow.start();
	clock.pass(showMs - 1);
	expect(told).toEqual(["on"]);
	clock.pass(1);
	clock.pass(showMs);
	expect(told).toEqual(["on", "next", "next"]);
	slideshow.stop();
	slideshow.stop();
	clock.pass(10 * showMs);
	expect(told).toEqual(["on", "next", "next", "off"]);
});

test("a photo that somebody went to by hand has its full time too", () => {
	const { clock, told, slideshow } = show();
	slideshow.start();
	clock.pass(showMs - 1);
	slideshow.restart();
	clock.pass(showMs - 1);
	expect(told).toEqual(["on"]);
	clock.pass(1);
	expect(told).toEqual(["on", "next"]);
});
