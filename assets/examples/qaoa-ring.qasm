OPENQASM 2.0;
include "qelib1.inc";
// One QAOA layer for the largest cut of a ring of four, at its best angles: each edge is cut with 3/4.
qreg q[4];
creg c[4];
h q;
rzz(-pi/4) q[0],q[1];
rzz(-pi/4) q[1],q[2];
rzz(-pi/4) q[2],q[3];
rzz(-pi/4) q[3],q[0];
rx(pi/4) q;
measure q -> c;
