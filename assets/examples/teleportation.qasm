OPENQASM 2.0;
include "qelib1.inc";
// Moves the state of q[0] to q[2] with two classical bits. The last bit shows the state arrived:
// it is undone there, so reading q[2] always gives 0.
qreg q[3];
creg m0[1];
creg m1[1];
creg result[1];
u3(0.7,0.3,0) q[0];
h q[1];
cx q[1],q[2];
cx q[0],q[1];
h q[0];
measure q[0] -> m0[0];
measure q[1] -> m1[0];
if(m1==1) x q[2];
if(m0==1) z q[2];
u3(-0.7,0,-0.3) q[2];
measure q[2] -> result[0];
