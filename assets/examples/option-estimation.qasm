OPENQASM 3.0;
include "stdgates.inc";
// Amplitude estimation of a European call: spot 2.00, strike 1.896, 40 days, volatility 0.4, rate 0.05.
// Four prices (1.21, 1.74, 2.28, 2.81) with log-normal weights; the payoff, as a share of its largest
// value 0.917, is the probability that `payoff` is 1: a = 0.197, so a payoff of 0.180 is expected.
// The counter reads y with a = sin(pi*y/16)^2: 2 and 14 (a = 0.146) come most often, then 3 and 13 (0.309).

// Puts the weights on the two bits of the price and its payoff on the last qubit.
gate model low, high, payoff {
  ry(1.459801985796423) high;
  negctrl @ ry(3.0542990430341406) high, low;
  ctrl @ ry(0.42106921801046576) high, low;
  negctrl @ ctrl @ ry(1.4038164486382925) low, high, payoff;
  ctrl(2) @ ry(pi) low, high, payoff;
}

// One step of amplitude amplification: its eigenphases are twice the angle of the payoff.
gate amplify low, high, payoff {
  x payoff;
  z payoff;
  x payoff;
  inv @ model low, high, payoff;
  x low;
  x high;
  x payoff;
  ctrl(2) @ z low, high, payoff;
  x low;
  x high;
  x payoff;
  model low, high, payoff;
}

qubit[4] counter;
qubit[2] price;
qubit[1] payoff;
bit[4] y;

h counter;
model price[0], price[1], payoff[0];

for int k in [0:3] {
  for int round in [1:1 << k] {
    ctrl @ amplify counter[k], price[0], price[1], payoff[0];
  }
}

// The inverse Fourier transform of the counter.
swap counter[0], counter[3];
swap counter[1], counter[2];
h counter[0];
cp(-pi / 2) counter[0], counter[1];
h counter[1];
cp(-pi / 4) counter[0], counter[2];
cp(-pi / 2) counter[1], counter[2];
h counter[2];
cp(-pi / 8) counter[0], counter[3];
cp(-pi / 4) counter[1], counter[3];
cp(-pi / 2) counter[2], counter[3];
h counter[3];
y = measure counter;
