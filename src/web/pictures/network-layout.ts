/**
 * Where the people of a network stand: a force layout that gives the same places for the same ties, every time.
 *
 *   [Anna–Bob 9, Bob–Cara 2] → Anna (0.1, 0.4)  Bob (0.5, 0.5)  Cara (0.9, 0.6), in shares of width and height
 */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';

export interface Drawn {
  readonly person: number;
  /** Messages in the ties that are drawn. */
  readonly messages: number;
  /** Shares of width and height, 0 to 1. */
  readonly x: number;
  readonly y: number;
}

export interface WeightedTie {
  readonly a: number;
  readonly b: number;
  readonly there: number;
  readonly back: number;
}

interface Node extends SimulationNodeDatum {
  readonly person: number;
  messages: number;
}

/** Steps of the simulation: beyond them nothing moves that can be seen. */
const steps = 220;

/**
 * d3-force draws its random numbers from a generator of its own with a fixed seed and starts from a fixed spiral, so
 * order and number of ties decide everything.
 */
export function layOut(ties: readonly WeightedTie[]): Drawn[] {
  const byPerson = new Map<number, Node>();
  const node = (person: number, messages: number): Node => {
    const known = byPerson.get(person) ?? { person, messages: 0 };
    byPerson.set(person, known);
    known.messages += messages;
    return known;
  };
  const links = ties.map(({ a, b, there, back }) => ({
    source: node(a, there + back),
    target: node(b, there + back),
    strength: there + back,
  }));
  const nodes = [...byPerson.values()];
  const strongest = links.reduce((most, link) => Math.max(most, link.strength), 1);
  const simulation = forceSimulation(nodes)
    .force(
      'ties',
      forceLink<Node, (typeof links)[number]>(links)
        .distance((link) => 60 + 60 * (1 - Math.sqrt(link.strength / strongest)))
        .strength(0.5),
    )
    .force('apart', forceManyBody<Node>().strength(-420).distanceMax(500))
    .force('space', forceCollide<Node>(34))
    .force('across', forceX<Node>(0).strength(0.05))
    .force('down', forceY<Node>(0).strength(0.09))
    // Its own timer would go on in the background.
    .stop();
  simulation.tick(steps);
  return scaled(nodes);
}

function scaled(nodes: readonly Node[]): Drawn[] {
  const axis = (value: (node: Node) => number): ((node: Node) => number) => {
    const values = nodes.map(value);
    const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return (node) => (high - low < 1 ? 0.5 : (value(node) - low) / (high - low));
  };
  const x = axis((node) => node.x ?? 0);
  const y = axis((node) => node.y ?? 0);
  return nodes.map((node) => ({ person: node.person, messages: node.messages, x: x(node), y: y(node) }));
}
