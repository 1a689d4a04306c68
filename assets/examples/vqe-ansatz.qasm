OPENQASM 2.0;
include "qelib1.inc";
// A hardware-efficient ansatz: layers of one-qubit turns and a chain of CX. Try other angles.
qreg q[4];
ry(0.4) q[0];
ry(1.1) q[1];
ry(-0.7) q[2];
ry(2.0) q[3];
cx q[0],q[1];
cx q[1],q[2];
cx q[2],q[3];
ry(0.9) q[0];
ry(-1.3) q[1];
ry(0.2) q[2];
ry(-0.5) q[3];
