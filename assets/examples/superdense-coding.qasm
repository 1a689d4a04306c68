OPENQASM 3.0;
include "stdgates.inc";
// Superdense coding: two bits travel in one qubit of an entangled pair. Choose them with the sliders.
input bool low;
input bool high;
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
if (low) x q[0];
if (high) z q[0];
cx q[0], q[1];
h q[0];
c[0] = measure q[1];
c[1] = measure q[0];
