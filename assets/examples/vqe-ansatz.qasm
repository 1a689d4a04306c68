OPENQASM 3.0;
include "stdgates.inc";
// A hardware-efficient ansatz: layers of one-qubit turns around a chain of CX. Move the sliders.
input float theta;
input float phi;
qubit[4] q;
ry(theta) q[0];
ry(phi) q[1];
ry(-theta) q[2];
ry(2*phi) q[3];
cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[3];
ry(theta + phi) q[0];
ry(-phi) q[1];
ry(theta/2) q[2];
ry(-theta/2) q[3];
