OPENQASM 3.0;
include "stdgates.inc";
// Ramsey interference: a phase between two Hadamards becomes a probability. Move the slider.
input float phi;
qubit[1] q;
bit[1] c;
h q[0];
p(phi) q[0];
h q[0];
c[0] = measure q[0];
