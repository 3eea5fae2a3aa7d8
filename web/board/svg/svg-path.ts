/** The outline of an item as the `d` of an SVG path: relative, in hundredths of a unit. */
import type { ShapeSink } from "../shapes/shape-painter.ts";

type Ellipse = [x: number, y: number, radiusX: number, radiusY: number, turn: number];

/** Takes what a canvas's path takes, and has the letters of it. */
export class SvgPath implements ShapeSink {
	#text = "";
	/** Where the last letters lead, in hundredths: rounding does not add up along the way. */
	#x = 0;
	#y = 0;
	#isEmpty = true;

	/** Digits, signs, points, spaces and the letters of commands, and nothing else. */
	get text(): string {
		return this.#text;
	}

	moveTo(x: number, y: number): void {
		this.#isEmpty = false;
		[this.#x, this.#y] = [hundredths(x), hundredths(y)];
		this.#text += `M${this.#x / 100} ${this.#y / 100}`;
	}

	lineTo(x: number, y: number): void {
		if (this.#isEmpty) this.moveTo(x, y);
		else this.#text += `l${this.#step(x, y, true)}`;
	}

	quadraticCurveTo(bendX: number, bendY: number, x: number, y: number): void {
		const bend = this.#step(bendX, bendY, false);
		this.#text += `q${bend} ${this.#step(x, y, true)}`;
	}

	closePath(): void {
		this.#text += "z";
	}

	roundRect(...[x, y, width, height, radius]: Parameters<ShapeSink["roundRect"]>): void {
		const [right, bottom] = [x + width, y + height];
		this.moveTo(x + radius, y);
		this.lineTo(right - radius, y);
		this.#arc(radius, radius, [right, y + radius]);
		this.lineTo(right, bottom - radius);
		this.#arc(radius, radius, [right - radius, bottom]);
		this.lineTo(x + radius, bottom);
		this.#arc(radius, radius, [x, bottom - radius]);
		this.lineTo(x, y + radius);
		this.#arc(radius, radius, [x + radius, y]);
		this.closePath();
	}

	/** A whole one, turned by so many radians: no item has a part of one. */
	ellipse(...[x, y, radiusX, radiusY, turn]: Ellipse): void {
		const [right, down] = [radiusX * Math.cos(turn), radiusX * Math.sin(turn)];
		this.moveTo(x + right, y + down);
		this.#arc(radiusX, radiusY, [x - right, y - down], turn);
		this.#arc(radiusX, radiusY, [x + right, y + down], turn);
		this.closePath();
	}

	#arc(radiusX: number, radiusY: number, [x, y]: readonly [number, number], turn = 0): void {
		const radii = `${hundredths(radiusX) / 100} ${hundredths(radiusY) / 100}`;
		const degrees = hundredths((turn * 180) / Math.PI) / 100;
		this.#text += `a${radii} ${degrees} 0 1 ${this.#step(x, y, true)}`;
	}

	#step(x: number, y: number, isEnd: boolean): string {
		const [toX, toY] = [hundredths(x), hundredths(y)];
		const step = `${(toX - this.#x) / 100} ${(toY - this.#y) / 100}`;
		if (isEnd) [this.#x, this.#y] = [toX, toY];
		return step;
	}
}

function hundredths(value: number): number {
	if (!Number.isFinite(value)) throw new RangeError("no number");
	return Math.round(value * 100);
}
